// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronEmailbisonAvailabilitySlot } from "../generated/functions";

/**
 * The work of `cron-emailbison-availability-slot`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronEmailbisonAvailabilitySlot =
  defineCronEmailbisonAvailabilitySlot(() => {
    throw new NonRetriableError(
      "cron-emailbison-availability-slot has no handler yet: write it in generated/lib/inngest/functions/emailbison-availability-slot.ts",
    );
  });
