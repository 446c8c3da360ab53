import { EventSchemas, Inngest } from "inngest";

import type { InngestEvents } from "./generated/events";

export const client = new Inngest({
  id: "everything",
  schemas: new EventSchemas().fromRecord<InngestEvents>(),
});
