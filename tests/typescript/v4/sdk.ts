/** What the tests need of this major version of the SDK. */
export { NonRetriableError } from "inngest";
export { serve } from "inngest/edge";
