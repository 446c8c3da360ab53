import { inngest } from "@/lib/inngest/client";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";
import { processResponseTiming } from "@/lib/response-timing/processor";

export const responseTiming = inngest.createFunction(
  {
    id: "cron-response-timing",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step }) => {
      const { dispatchKey, correlationId, requestedAt } = event.data.event.data;
      await step.run("record-failed", async () => {
        await writeInngestJobStatus({
          jobName: "cron-response-timing",
          status: "failed",
          dispatchKey,
          correlationId,
          requestedAt,
          runId: event.data.run_id,
          attempt: 3,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        });
      });
    },
  },
  { event: "cron/response-timing.requested" },
  async ({ event, step, runId, attempt }) => {
    const { dispatchKey, correlationId, requestedAt } = event.data;

    // Returned from the step: outside of it a replay would take another time.
    const startedAt = await step.run("record-running", async () => {
      const now = new Date().toISOString();
      await writeInngestJobStatus({
        jobName: "cron-response-timing",
        status: "running",
        dispatchKey,
        correlationId,
        requestedAt,
        runId,
        attempt,
        startedAt: now,
      });
      return now;
    });

    const result = await step.run("process", () => processResponseTiming());

    await step.run("record-succeeded", async () => {
      const finishedAt = new Date();
      await writeInngestJobStatus({
        jobName: "cron-response-timing",
        status: "succeeded",
        dispatchKey,
        correlationId,
        requestedAt,
        runId,
        attempt,
        startedAt,
        finishedAt: finishedAt.toISOString(),
        durationMs: finishedAt.getTime() - Date.parse(startedAt),
      });
    });
    return result;
  },
);
