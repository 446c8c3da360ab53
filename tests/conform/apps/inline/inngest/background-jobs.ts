import {
  processBackgroundJobs as process,
  runBackgroundMaintenance,
} from "@/lib/background-jobs/dispatch";
import { inngest } from "@/lib/inngest/client";
import {
  INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
  INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
} from "@/lib/inngest/event-names";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";

export const processBackgroundJobs = inngest.createFunction(
  {
    id: "process-background-jobs",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step }) => {
      const original = event.data.event;
      await step.run("record-failed", () =>
        writeInngestJobStatus({
          jobName: "process-background-jobs",
          status: "failed",
          dispatchKey: original.data.dispatchKey,
          correlationId: original.data.correlationId,
          requestedAt: original.data.requestedAt,
          runId: event.data.run_id,
          attempt: 3,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        }),
      );
    },
  },
  { event: INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED },
  async ({ event, step, runId, attempt }) => {
    const { dispatchKey, correlationId, requestedAt } = event.data;
    return step.run("process", async () => {
      const startedAt = new Date();
      await writeInngestJobStatus({
        jobName: "process-background-jobs",
        status: "running",
        dispatchKey,
        correlationId,
        requestedAt,
        runId,
        attempt,
        startedAt: startedAt.toISOString(),
      });
      const result = await process();
      const finishedAt = new Date();
      await writeInngestJobStatus({
        jobName: "process-background-jobs",
        status: "succeeded",
        dispatchKey,
        correlationId,
        requestedAt,
        runId,
        attempt,
        startedAt: startedAt.toISOString(),
        finishedAt: finishedAt.toISOString(),
        durationMs: finishedAt.getTime() - startedAt.getTime(),
      });
      return result;
    });
  },
);

export const backgroundMaintenance = inngest.createFunction(
  {
    id: "background-maintenance",
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step }) => {
      const original = event.data.event;
      await step.run("record-failed", () =>
        writeInngestJobStatus({
          jobName: "background-maintenance",
          status: "failed",
          dispatchKey: original.data.dispatchKey,
          correlationId: original.data.correlationId,
          requestedAt: original.data.requestedAt,
          runId: event.data.run_id,
          attempt: 4,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        }),
      );
    },
  },
  { event: INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED },
  async ({ event, step, runId, attempt }) => {
    const { dispatchKey, correlationId, requestedAt } = event.data;
    const status = {
      jobName: "background-maintenance",
      dispatchKey,
      correlationId,
      requestedAt,
      runId,
      attempt,
    };
    const startedAt = await step.run("record-running", async () => {
      const now = new Date().toISOString();
      await writeInngestJobStatus({
        ...status,
        status: "running",
        startedAt: now,
      });
      return now;
    });
    const result = await step.run("maintain", () => runBackgroundMaintenance());
    await step.run("record-succeeded", async () => {
      const finishedAt = new Date();
      await writeInngestJobStatus({
        ...status,
        status: "succeeded",
        startedAt,
        finishedAt: finishedAt.toISOString(),
        durationMs: finishedAt.getTime() - Date.parse(startedAt),
      });
    });
    return result;
  },
);
