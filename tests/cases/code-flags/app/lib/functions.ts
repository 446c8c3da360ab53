import { inngest } from "./inngest";
import { work } from "./work";

export const functions = [
  inngest.createFunction({ id: "sent" }, { event: "report/sent" }, ({ step }) => step.run("work", () => work("all"))),
];
