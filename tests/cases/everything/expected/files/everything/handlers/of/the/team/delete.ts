// Written once by inngest-offload and never overwritten: this file is yours.
import { NonRetriableError } from "inngest";
import { defineDelete } from "../../../../generated/functions";

/**
 * The work of `delete`, as one step.
 *
 * When it throws, it is tried again until the retries are spent, but for a `NonRetriableError`.
 */
export const delete_ = defineDelete(() => {
  throw new NonRetriableError(
    "delete has no handler yet: write it in everything/handlers/of/the/team/delete.ts",
  );
});
