// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineCronOwnSteps } from "../../../../generated/functions";

/**
 * The work of `cron-own-steps`, in its own steps: what a step returns is kept.
 *
 * If a step throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronOwnSteps = defineCronOwnSteps(async ({ step }) => {
  await step.run("work", () => {
    throw new NonRetriableError(
      "cron-own-steps has no handler yet: write it in everything/handlers/of/the/team/own-steps.ts",
    );
  });
});
