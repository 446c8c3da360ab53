import { inngest } from "./inngest";
import { work } from "./work";

export const functions = [
  inngest.createFunction(
    { id: "cron-reports", retries: 3, concurrency: { limit: 1 }, idempotency: "event.data.dispatchKey" },
    { event: "cron/reports.requested" },
    ({ event, step }) => step.run("work", () => work("all", event.data.params)),
  ),
];
