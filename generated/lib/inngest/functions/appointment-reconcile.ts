// Written once by inngest-offload and never overwritten: this file is yours.
import "server-only";

import { NonRetriableError } from "inngest";
import { defineCronAppointmentReconcile } from "../generated/functions";

/**
 * The work of `cron-appointment-reconcile`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronAppointmentReconcile = defineCronAppointmentReconcile(() => {
  throw new NonRetriableError(
    "cron-appointment-reconcile has no handler yet: write it in generated/lib/inngest/functions/appointment-reconcile.ts",
  );
});
