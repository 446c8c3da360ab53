import { INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED } from "@events";
import { maintainBackgroundJobs } from "@/lib/background-jobs/dispatch";
import { inngest } from "@/lib/inngest/client";

import { recordFailure } from "../on-failure";
import { trackRun } from "../run-status";

const ID = "background-maintenance";

export const backgroundMaintenance = inngest.createFunction(
  {
    id: ID,
    retries: 1,
    concurrency: [{ limit: 1 }],
    idempotency: "event.data.dispatchKey",
    onFailure: recordFailure(ID),
  },
  { event: INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED },
  (context) => trackRun(ID, context, () => maintainBackgroundJobs()),
);
