import type { CronDispatchEventData } from "@events";
import { inngest } from "@/lib/inngest/client";
import { CRON_JOBS, type CronJob } from "@/lib/inngest/jobs";

import { recordFailure } from "./on-failure";
import { cronOptions, type Overrides } from "./options";
import { type RunContext, trackRun } from "./run-status";

interface CronFunction {
  job: CronJob;
  options?: Overrides;
  work: (data: CronDispatchEventData) => Promise<unknown>;
}

type CronContext = RunContext & { event: { data: CronDispatchEventData } };

/** Makes the Inngest function of a cron job: options, status rows and failure are given. */
export function createCronFunction({ job, options, work }: CronFunction) {
  const jobName = `cron-${job}`;
  return inngest.createFunction(
    { ...cronOptions(job, options), onFailure: recordFailure(jobName) },
    { event: CRON_JOBS[job].event },
    (context: CronContext) =>
      trackRun(jobName, context, () => work(context.event.data)),
  );
}
