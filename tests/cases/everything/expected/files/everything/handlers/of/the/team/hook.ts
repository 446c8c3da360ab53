// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineWebhookHook } from "../../../../generated/functions";

/**
 * The work of `webhook-hook`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const webhookHook = defineWebhookHook(() => {
  throw new NonRetriableError(
    "webhook-hook has no handler yet: write it in everything/handlers/of/the/team/hook.ts",
  );
});
