import { Inngest } from "inngest";

/** A client that was there before, and that knows no event. */
export const inngest = new Inngest({ id: "dashboard" });
