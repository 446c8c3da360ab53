// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineCronNightlyReport } from "../generated/functions";

/**
 * The work of `cron-nightly-report`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronNightlyReport = defineCronNightlyReport(() => {
  throw new NonRetriableError(
    "cron-nightly-report has no handler yet: write it in lib/inngest/functions/nightly-report.ts",
  );
});
