// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineTwoSecondWithAnIdThatIsSoLongThatNoLineOfEightyColumnsHoldsIt } from "../../../../generated/functions";

/**
 * The work of `two-second-with-an-id-that-is-so-long-that-no-line-of-eighty-columns-holds-it`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const twoSecondWithAnIdThatIsSoLongThatNoLineOfEightyColumnsHoldsIt =
  defineTwoSecondWithAnIdThatIsSoLongThatNoLineOfEightyColumnsHoldsIt(() => {
    throw new NonRetriableError(
      "two-second-with-an-id-that-is-so-long-that-no-line-of-eighty-columns-holds-it has no handler yet: write it in everything/handlers/of/the/team/two-second-with-an-id-that-is-so-long-that-no-line-of-eighty-columns-holds-it.ts",
    );
  });
