import {
  parseReconcileOptions,
  runAppointmentReconcile,
} from "@/lib/appointment-reconcile-runner";
import { inngest } from "@/lib/inngest/client";
import { writeInngestJobStatus } from "@/lib/inngest/job-status";

const JOB_NAME = "cron-appointment-reconcile";
const RETRIES = 3;

export const appointmentReconcile = inngest.createFunction(
  {
    id: JOB_NAME,
    name: "Reconcile appointments with calendars",
    retries: RETRIES,
    // One at a time until an export shows that two do not contend for the database.
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, error, step, logger }) => {
      const original = event.data.event.data;
      logger.error("appointment-reconcile failed", original.dispatchKey);
      await step.run("status-failed", () =>
        writeInngestJobStatus({
          jobName: JOB_NAME,
          status: "failed",
          dispatchKey: original.dispatchKey,
          correlationId: original.correlationId,
          requestedAt: original.requestedAt,
          runId: event.data.run_id,
          attempt: RETRIES,
          finishedAt: new Date().toISOString(),
          error: { name: error.name, message: error.message },
        }),
      );
    },
  },
  { event: "cron/appointment-reconcile.requested" },
  async ({ event, step, runId, attempt, logger }) => {
    logger.info("appointment-reconcile", event.data.dispatchKey);

    // All in one step: it is repeated as a whole, and only one step is billed.
    return step.run("reconcile", async () => {
      const startedAt = new Date();
      const status = {
        jobName: JOB_NAME,
        dispatchKey: event.data.dispatchKey,
        correlationId: event.data.correlationId,
        requestedAt: event.data.requestedAt,
        runId,
        attempt,
        startedAt: startedAt.toISOString(),
      };
      await writeInngestJobStatus({ ...status, status: "running" });
      const result = await runAppointmentReconcile(
        parseReconcileOptions(event.data.params),
      );
      const finishedAt = new Date();
      await writeInngestJobStatus({
        ...status,
        status: "succeeded",
        finishedAt: finishedAt.toISOString(),
        durationMs: finishedAt.getTime() - startedAt.getTime(),
      });
      return result;
    });
  },
);
