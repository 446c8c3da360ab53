import { prisma } from "@/lib/prisma";

const JOBS_PER_RUN = 50;
const KEEP_DAYS = 30;

export interface ProcessResult {
  claimed: number;
  done: number;
  failed: number;
}

/** Takes pending jobs from the table and does them, oldest first. */
export async function processBackgroundJobs(): Promise<ProcessResult> {
  const jobs = await prisma.backgroundJob.findMany({
    where: { status: "pending", runAfter: { lte: new Date() } },
    orderBy: { createdAt: "asc" },
    take: JOBS_PER_RUN,
  });

  let done = 0;
  let failed = 0;
  for (const job of jobs) {
    try {
      await runJob(job);
      await prisma.backgroundJob.update({
        where: { id: job.id },
        data: { status: "done", finishedAt: new Date() },
      });
      done += 1;
    } catch (error) {
      failed += 1;
      console.error("[background-jobs] job failed", job.id, error);
      await prisma.backgroundJob.update({
        where: { id: job.id },
        data: { status: "pending", attempts: { increment: 1 } },
      });
    }
  }
  return { claimed: jobs.length, done, failed };
}

async function runJob(job: {
  type: string;
  leadId: string;
  payload: Record<string, unknown>;
}): Promise<void> {
  switch (job.type) {
    case "classify-message":
      await prisma.message.updateMany({
        where: { leadId: job.leadId, classification: null },
        data: { classification: job.payload.classification },
      });
      return;
    case "touch-lead":
      await prisma.lead.update({
        where: { id: job.leadId },
        data: { lastTouchedAt: new Date() },
      });
      return;
    default:
      throw new Error(`Unknown job type: ${job.type}`);
  }
}

/** Deletes what nobody looks at any more, and gives up on jobs that are stuck. */
export async function runBackgroundMaintenance(): Promise<{
  deleted: number;
  released: number;
}> {
  const before = new Date(Date.now() - KEEP_DAYS * 24 * 60 * 60 * 1000);
  const { count: deleted } = await prisma.backgroundJob.deleteMany({
    where: { status: "done", finishedAt: { lt: before } },
  });
  const stuck = new Date(Date.now() - 15 * 60 * 1000);
  const { count: released } = await prisma.backgroundJob.updateMany({
    where: { status: "running", startedAt: { lt: stuck } },
    data: { status: "pending" },
  });
  return { deleted, released };
}
