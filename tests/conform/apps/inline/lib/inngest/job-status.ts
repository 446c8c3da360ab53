import { prisma } from "@/lib/prisma";

export interface InngestJobStatus {
  jobName: string;
  status: "running" | "succeeded" | "failed";
  dispatchKey: string;
  correlationId: string;
  requestedAt: string;
  runId: string;
  attempt: number;
  startedAt?: string;
  finishedAt?: string;
  durationMs?: number;
  error?: { name: string; message: string };
}

/**
 * One row a run. Steps run at least once, so a record can come twice or late: a run that
 * has ended never goes back to `running`.
 */
export async function writeInngestJobStatus(
  record: InngestJobStatus,
): Promise<void> {
  const { runId, ...fields } = record;
  const existing = await prisma.inngestJobRun.findUnique({ where: { runId } });
  if (
    existing &&
    existing.status !== "running" &&
    fields.status === "running"
  ) {
    return;
  }
  await prisma.inngestJobRun.upsert({
    where: { runId },
    create: { runId, ...fields },
    update: fields,
  });
}
