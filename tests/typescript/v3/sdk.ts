/** What the tests need to know of this major version of the SDK. */
export { NonRetriableError } from "inngest";
export { serve } from "inngest/edge";

/** The major version. */
export const SDK: 3 | 4 = 3;
