import { Inngest } from "inngest";

export const client = new Inngest({ id: "everything" });
