import { inngest, INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED } from "@acme/jobs";
import { writeInngestJobStatus } from "@acme/jobs/status";
import { createNightlyReport } from "@/lib/nightly-report";

const jobName = "cron-nightly-report";

export const nightlyReport = inngest.createFunction(
  {
    id: "cron-nightly-report",
    retries: 3,
    concurrency: { limit: 1 },
    idempotency: "event.data.dispatchKey",
    onFailure: async ({ event, step }) => {
      const { dispatchKey, correlationId, requestedAt } = event.data.event.data;
      const runId = event.data.run_id;
      await step.run("failed", () =>
        writeInngestJobStatus({
          jobName, status: "failed", dispatchKey, correlationId, requestedAt, runId, attempt: 3,
        }),
      );
    },
  },
  { event: INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED },
  async ({ event, step, runId, attempt }) => {
    const { dispatchKey, correlationId, requestedAt } = event.data;
    const record = { jobName, dispatchKey, correlationId, requestedAt, runId, attempt };
    await step.run("running", () => writeInngestJobStatus({ ...record, status: "running" }));
    const report = await step.run("work", () => createNightlyReport());
    await step.run("succeeded", () => writeInngestJobStatus({ ...record, status: "succeeded" }));
    return report;
  },
);
