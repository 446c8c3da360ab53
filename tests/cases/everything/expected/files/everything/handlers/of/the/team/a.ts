// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineFnA } from "../../../../generated/functions";

/**
 * Does `a` ${x} *\/ \
 *  漢字
 *
 * The work of `fn-a`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const fnA = defineFnA(() => {
  throw new NonRetriableError(
    "fn-a has no handler yet: write it in everything/handlers/of/the/team/a.ts",
  );
});
