import { withCronAuth } from "@/lib/auth";
import { offerFirstTouchSlots } from "@/lib/emailbison-first-touch-availability";
import { completed, crashed } from "@/lib/http/inline";
import { dispatchCron } from "@/lib/inngest/dispatch";
import type { CronJob } from "@/lib/inngest/jobs";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

const JOB: CronJob = "emailbison-availability-slot";

export const GET = withCronAuth(async (request) => {
  const dispatched = await dispatchCron(request, JOB);
  if (dispatched) {
    return dispatched;
  }
  return offerFirstTouchSlots()
    .then((result) => completed(JOB, result))
    .catch((error: unknown) => crashed(JOB, error));
});

export const POST = GET;
