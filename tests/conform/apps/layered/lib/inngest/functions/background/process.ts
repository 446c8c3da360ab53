import { INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED } from "@events";
import { processPendingJobs } from "@/lib/background-jobs/dispatch";
import { inngest } from "@/lib/inngest/client";

import { recordFailure } from "../on-failure";
import { trackRun } from "../run-status";

const ID = "process-background-jobs";

export const processBackgroundJobs = inngest.createFunction(
  {
    id: ID,
    concurrency: 1,
    idempotency: "event.data.dispatchKey",
    onFailure: recordFailure(ID),
  },
  { event: INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED },
  (context) => trackRun(ID, context, processPendingJobs),
);
