import { refreshAvailability } from "@/lib/availability-cache";
import { traced } from "@/lib/telemetry";

import { createCronFunction } from "./create";

export const cronAvailability = createCronFunction({
  job: "availability",
  work: () => traced("availability", () => refreshAvailability()),
});
