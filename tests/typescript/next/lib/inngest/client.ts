import { EventSchemas, Inngest } from "inngest";

import type { InngestEvents } from "./generated/events";

export const inngest = new Inngest({
  id: "dashboard",
  schemas: new EventSchemas().fromRecord<InngestEvents>(),
});
