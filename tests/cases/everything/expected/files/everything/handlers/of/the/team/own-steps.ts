// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineCronOwnSteps } from "../../../../generated/functions";

/** The work of `cron-own-steps`. It throws to be tried again. */
export const cronOwnSteps = defineCronOwnSteps(() => {
  throw new NonRetriableError(
    "cron-own-steps has no handler yet: write it in everything/handlers/of/the/team/own-steps.ts",
  );
});
