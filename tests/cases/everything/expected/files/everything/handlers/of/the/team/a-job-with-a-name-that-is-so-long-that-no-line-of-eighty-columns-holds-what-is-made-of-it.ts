// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineCronAJobWithANameThatIsSoLongThatNoLineOfEightyColumnsHoldsWhatIsMadeOfIt } from "../../../../generated/functions";

/**
 * The work of `cron-a-job-with-a-name-that-is-so-long-that-no-line-of-eighty-columns-holds-what-is-made-of-it`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const cronAJobWithANameThatIsSoLongThatNoLineOfEightyColumnsHoldsWhatIsMadeOfIt =
  defineCronAJobWithANameThatIsSoLongThatNoLineOfEightyColumnsHoldsWhatIsMadeOfIt(
    () => {
      throw new NonRetriableError(
        "cron-a-job-with-a-name-that-is-so-long-that-no-line-of-eighty-columns-holds-what-is-made-of-it has no handler yet: write it in everything/handlers/of/the/team/a-job-with-a-name-that-is-so-long-that-no-line-of-eighty-columns-holds-what-is-made-of-it.ts",
      );
    },
  );
