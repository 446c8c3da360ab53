import { inngest } from "./inngest";
import { apply } from "./shipments";

export const functions = [
  inngest.createFunction({ id: "shipping-changed" }, { event: "shipping/changed" }, ({ event, step }) =>
    step.run("apply", () => apply(event.data.dispatchKey)),
  ),
];
