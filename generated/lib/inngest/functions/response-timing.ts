// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronResponseTiming } from "../generated/functions";

/**
 * The work of `cron-response-timing`, as one step.
 *
 * When it throws, it is tried again until the retries are spent, but for a `NonRetriableError`.
 */
export const cronResponseTiming = defineCronResponseTiming(() => {
  throw new NonRetriableError(
    "cron-response-timing has no handler yet: write it in generated/lib/inngest/functions/response-timing.ts",
  );
});
