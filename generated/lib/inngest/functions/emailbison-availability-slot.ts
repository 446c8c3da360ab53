// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronEmailbisonAvailabilitySlot } from "../generated/functions";

/** The work of `cron-emailbison-availability-slot`. It throws to be tried again. */
export const cronEmailbisonAvailabilitySlot =
  defineCronEmailbisonAvailabilitySlot(() => {
    throw new NonRetriableError(
      "cron-emailbison-availability-slot has no handler yet: write it in generated/lib/inngest/functions/emailbison-availability-slot.ts",
    );
  });
