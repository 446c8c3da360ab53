import { inngest } from "./inngest";
import { refuse, tell, tidy, work } from "./work";

export const tools = [refuse, tell, tidy];

export const functions = [
  inngest.createFunction(
    { id: "cron-reports", retries: 3, concurrency: { limit: 1 }, idempotency: "event.data.dispatchKey" },
    { event: "cron/reports.requested" },
    async ({ step }) => {
      const report = await step.run("work", () => work("all"));
      return report;
    },
  ),
];
