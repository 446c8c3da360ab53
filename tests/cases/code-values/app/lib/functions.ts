import { inngest } from "./inngest";

export const functions = [
  inngest.createFunction({ id: "sent" }, { event: "report/sent" }, async () => ({ done: true })),
];
