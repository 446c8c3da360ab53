import {
  reconcileOptions,
  runAppointmentReconcile,
} from "@/lib/appointment-reconcile-runner";
import { withCronAuth } from "@/lib/auth";
import { completed, crashed } from "@/lib/http/inline";
import { dispatchCron } from "@/lib/inngest/dispatch";
import { CRON_JOBS } from "@/lib/inngest/jobs";
import { pickParams } from "@/lib/inngest/params";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

const JOB = "appointment-reconcile";

const handler = withCronAuth(async (request) => {
  const dispatched = await dispatchCron(request, JOB);
  if (dispatched !== null) {
    return dispatched;
  }
  const params = pickParams(
    request.nextUrl.searchParams,
    CRON_JOBS[JOB].params,
  );
  return runAppointmentReconcile(reconcileOptions(params)).then(
    (result) => completed(JOB, result),
    (error) => crashed(JOB, error),
  );
});

export { handler as GET, handler as POST };
