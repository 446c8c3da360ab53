// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineDelete } from "../../../../generated/functions";

/**
 * The work of `delete`, as one step.
 *
 * If it throws, it is retried until the retries are exhausted, except for a `NonRetriableError`.
 */
export const delete_ = defineDelete(() => {
  throw new NonRetriableError(
    "delete has no handler yet: write it in everything/handlers/of/the/team/delete.ts",
  );
});
