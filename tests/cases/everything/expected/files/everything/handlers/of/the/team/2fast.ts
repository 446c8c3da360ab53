// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineWebhook2fast } from "../../../../generated/functions";

/**
 * The work of `webhook-2fast`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const webhook2fast = defineWebhook2fast(() => {
  throw new NonRetriableError(
    "webhook-2fast has no handler yet: write it in everything/handlers/of/the/team/2fast.ts",
  );
});
