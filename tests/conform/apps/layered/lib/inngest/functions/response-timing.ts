import { processResponseTiming } from "@/lib/response-timing/processor";

import { createCronFunction } from "./create";

export const cronResponseTiming = createCronFunction({
  job: "response-timing",
  work: () => processResponseTiming(),
});
