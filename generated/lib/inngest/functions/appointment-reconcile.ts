// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronAppointmentReconcile } from "../generated/functions";

/**
 * The work of `cron-appointment-reconcile`, as one step.
 *
 * When it throws, it is tried again until the retries are spent, but for a `NonRetriableError`.
 */
export const cronAppointmentReconcile = defineCronAppointmentReconcile(() => {
  throw new NonRetriableError(
    "cron-appointment-reconcile has no handler yet: write it in generated/lib/inngest/functions/appointment-reconcile.ts",
  );
});
