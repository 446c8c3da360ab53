// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineTwoFirst } from "../../../../generated/functions";

/**
 * The first `*\/`.
 *
 * The work of `two-first`, as one step.
 *
 * When it throws, it is tried again until the retries are spent, but for a `NonRetriableError`.
 */
export const twoFirst = defineTwoFirst(() => {
  throw new NonRetriableError(
    "two-first has no handler yet: write it in everything/handlers/of/the/team/two-first.ts",
  );
});
