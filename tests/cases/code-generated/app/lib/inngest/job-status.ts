import { prisma } from "@/lib/prisma";
import type { JobStatusRecord } from "./generated/status";

export async function writeJobStatus(record: JobStatusRecord): Promise<void> {
  const { runId, ...fields } = record;
  await prisma.jobRun.upsert({ where: { runId }, create: { runId, ...fields }, update: fields });
}
