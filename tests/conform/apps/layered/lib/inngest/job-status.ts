import prisma from "@/lib/prisma";

export type JobState = "running" | "succeeded" | "failed";

export type JobStatusRecord = {
  jobName: string;
  status: JobState;
  dispatchKey: string;
  correlationId: string;
  requestedAt: string;
  runId: string;
  attempt: number;
  startedAt?: string;
  finishedAt?: string;
  durationMs?: number;
  error?: { name: string; message: string };
};

const RANK: Record<JobState, number> = { running: 0, succeeded: 1, failed: 1 };

/** Upserts the row of a run. A record that comes late does not undo a newer one. */
export async function writeInngestJobStatus({
  runId,
  ...record
}: JobStatusRecord): Promise<void> {
  const known = await prisma.inngestJobRun.findUnique({ where: { runId } });
  const state = known?.status as JobState | undefined;
  if (state && RANK[state] > RANK[record.status]) {
    return;
  }
  await prisma.inngestJobRun.upsert({
    where: { runId },
    create: { runId, ...record },
    update: record,
  });
}
