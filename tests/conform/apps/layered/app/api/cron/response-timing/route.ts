import { withCronAuth } from "@/lib/auth";
import { completed, crashed } from "@/lib/http/inline";
import { dispatchCron } from "@/lib/inngest/dispatch";
import { processResponseTiming } from "@/lib/response-timing/processor";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

const JOB = "response-timing";

export const GET = withCronAuth(async (request) => {
  const dispatched = await dispatchCron(request, JOB);
  if (dispatched) {
    return dispatched;
  }
  try {
    return completed(JOB, await processResponseTiming());
  } catch (error) {
    return crashed(JOB, error);
  }
});

export const POST = GET;
