// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronResponseTiming } from "../generated/functions";

/**
 * The work of `cron-response-timing`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronResponseTiming = defineCronResponseTiming(() => {
  throw new NonRetriableError(
    "cron-response-timing has no handler yet: write it in generated/lib/inngest/functions/response-timing.ts",
  );
});
