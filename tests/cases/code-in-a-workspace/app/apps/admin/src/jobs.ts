import { Inngest } from "inngest";

const inngest = new Inngest({ id: "admin" });

export const another = inngest.createFunction(
  { id: "of-another-application" },
  { event: "admin/asked" },
  async () => {},
);
