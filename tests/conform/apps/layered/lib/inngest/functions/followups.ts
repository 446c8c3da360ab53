import { assertHealthy, FollowupEngine } from "@/lib/followup-engine";

import { createCronFunction } from "./create";

export const cronFollowups = createCronFunction({
  job: "followups",
  work: async () => {
    const result = await new FollowupEngine().run();
    // Still in the step: what is thrown here makes Inngest try the work again.
    assertHealthy(result);
    return result;
  },
});
