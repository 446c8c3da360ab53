import { processDueFollowups } from "@/lib/followup-engine";
import { inngest } from "@/lib/inngest/client";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";
import { runWithTelemetrySource } from "@/lib/telemetry";

export const followups = inngest.createFunction(
  {
    id: "cron-followups",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step }) => {
      const { data } = event.data.event;
      await step.run("followups-failed", () =>
        writeInngestJobStatus({
          jobName: "cron-followups",
          status: "failed",
          dispatchKey: data.dispatchKey,
          correlationId: data.correlationId,
          requestedAt: data.requestedAt,
          runId: event.data.run_id,
          attempt: 3,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        }),
      );
    },
  },
  { event: "cron/followups.requested" },
  async ({ event, step, runId, attempt }) => {
    const { dispatchKey, correlationId, requestedAt } = event.data;
    const fields = { dispatchKey, correlationId, requestedAt, runId, attempt };

    const startedAt = await step.run("followups-running", async () => {
      const now = new Date().toISOString();
      await writeInngestJobStatus({
        jobName: "cron-followups",
        status: "running",
        ...fields,
        startedAt: now,
      });
      return now;
    });

    const result = await step.run("send-followups", () =>
      runWithTelemetrySource("cron/followups", () => processDueFollowups()),
    );

    await step.run("followups-succeeded", () =>
      writeInngestJobStatus({
        jobName: "cron-followups",
        status: "succeeded",
        ...fields,
        startedAt,
        finishedAt: new Date().toISOString(),
        durationMs: Date.now() - new Date(startedAt).getTime(),
      }),
    );
    return { dispatchKey, ...result };
  },
);
