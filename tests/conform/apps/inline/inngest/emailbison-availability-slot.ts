import { processFirstTouchAvailability } from "@/lib/emailbison-first-touch-availability";
import { inngest } from "@/lib/inngest/client";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";

export const emailbisonAvailabilitySlot = inngest.createFunction(
  {
    id: "cron-emailbison-availability-slot",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step }) => {
      const { event: original, run_id: runId } = event.data;
      await step.run("slot-failed", () =>
        writeInngestJobStatus({
          jobName: "cron-emailbison-availability-slot",
          status: "failed",
          dispatchKey: original.data.dispatchKey,
          correlationId: original.data.correlationId,
          requestedAt: original.data.requestedAt,
          runId,
          attempt: 3,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        }),
      );
    },
  },
  { event: "cron/emailbison-availability-slot.requested" },
  async ({ event, step, runId, attempt }) => {
    const base = {
      jobName: "cron-emailbison-availability-slot",
      dispatchKey: event.data.dispatchKey,
      correlationId: event.data.correlationId,
      requestedAt: event.data.requestedAt,
      runId,
      attempt,
    };

    const startedAt = await step.run("slot-running", async () => {
      const now = new Date().toISOString();
      await writeInngestJobStatus({
        ...base,
        status: "running",
        startedAt: now,
      });
      return now;
    });

    const result = await step.run("update-slots", async () => {
      const outcome = await processFirstTouchAvailability();
      // In the step, so that the retry does the work again.
      if (outcome.failed > 0 && outcome.updated === 0) {
        throw new Error("No campaign has a slot.");
      }
      return outcome;
    });

    await step.run("slot-succeeded", () =>
      writeInngestJobStatus({
        ...base,
        status: "succeeded",
        startedAt,
        finishedAt: new Date().toISOString(),
        durationMs: Date.now() - new Date(startedAt).getTime(),
      }),
    );
    return result;
  },
);
