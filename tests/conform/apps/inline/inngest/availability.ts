import { refreshAvailabilityCaches } from "@/lib/availability-cache";
import { inngest } from "@/lib/inngest/client";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";

export const availability = inngest.createFunction(
  {
    id: "cron-availability",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async (failure) => {
      const cause = failure.event.data.event;
      await failure.step.run("availability-failed", async () => {
        await writeInngestJobStatus({
          jobName: "cron-availability",
          status: "failed",
          dispatchKey: cause.data.dispatchKey,
          correlationId: cause.data.correlationId,
          requestedAt: cause.data.requestedAt,
          runId: failure.event.data.run_id,
          attempt: 3,
          finishedAt: new Date().toISOString(),
          error: {
            name: failure.error.name,
            message: failure.error.message,
          },
        });
      });
    },
  },
  { event: "cron/availability.requested" },
  async ({ event: { data }, step, runId, attempt }) => {
    const startedAt = await step.run("availability-running", async () => {
      const now = new Date().toISOString();
      await writeInngestJobStatus({
        jobName: "cron-availability",
        status: "running",
        dispatchKey: data.dispatchKey,
        correlationId: data.correlationId,
        requestedAt: data.requestedAt,
        runId,
        attempt,
        startedAt: now,
      });
      return now;
    });

    const { refreshed, failed } = await step.run(
      "refresh-availability",
      async () => {
        const result = await refreshAvailabilityCaches();
        console.log("[availability] refreshed", data.dispatchKey, result);
        return result;
      },
    );

    await step.run("availability-succeeded", async () => {
      const finishedAt = new Date();
      await writeInngestJobStatus({
        jobName: "cron-availability",
        status: "succeeded",
        dispatchKey: data.dispatchKey,
        correlationId: data.correlationId,
        requestedAt: data.requestedAt,
        runId,
        attempt,
        startedAt,
        finishedAt: finishedAt.toISOString(),
        durationMs: finishedAt.getTime() - new Date(startedAt).getTime(),
      });
    });

    return { refreshed, failed };
  },
);
