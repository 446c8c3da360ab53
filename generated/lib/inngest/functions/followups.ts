// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronFollowups } from "../generated/functions";

/**
 * The work of `cron-followups`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronFollowups = defineCronFollowups(() => {
  throw new NonRetriableError(
    "cron-followups has no handler yet: write it in generated/lib/inngest/functions/followups.ts",
  );
});
