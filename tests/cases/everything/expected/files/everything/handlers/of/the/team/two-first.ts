// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineTwoFirst } from "../../../../generated/functions";

/**
 * The first `*\/`.
 *
 * The work of `two-first`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const twoFirst = defineTwoFirst(() => {
  throw new NonRetriableError(
    "two-first has no handler yet: write it in everything/handlers/of/the/team/two-first.ts",
  );
});
