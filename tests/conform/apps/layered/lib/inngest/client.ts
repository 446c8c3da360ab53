import { EventSchemas, Inngest } from "inngest";

import type { InngestEvents } from "@events";

export const inngest = new Inngest({
  id: "northstar-web",
  schemas: new EventSchemas().fromRecord<InngestEvents>(),
});
