// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronAvailability } from "../generated/functions";

/**
 * The work of `cron-availability`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronAvailability = defineCronAvailability(() => {
  throw new NonRetriableError(
    "cron-availability has no handler yet: write it in generated/lib/inngest/functions/availability.ts",
  );
});
