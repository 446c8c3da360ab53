/** Existing code: it is not generated, and uses the generated names, keys and flag. */
import { isAuthorized, runInline, unauthorized } from "@/lib/cron";
import { inngest } from "@/lib/inngest/client";
import {
  INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
  INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
} from "@/lib/inngest/generated/events";
import { BACKGROUND_JOBS_USE_INNGEST } from "@/lib/inngest/generated/flags";
import { deriveBackgroundJobsKeys } from "@/lib/inngest/generated/keys";

export async function GET(request: Request): Promise<Response> {
  if (!isAuthorized(request)) {
    return unauthorized();
  }
  if (!BACKGROUND_JOBS_USE_INNGEST.isEnabled()) {
    return runInline(request);
  }
  const instant = new Date();
  const { dispatchKey, eventIds, windowStart, windowSeconds } =
    await deriveBackgroundJobsKeys({ instant });
  const data = {
    source: "cron/background-jobs",
    requestedAt: instant.toISOString(),
    dispatchKey,
    correlationId: crypto.randomUUID(),
    dispatchWindowStart: windowStart,
    dispatchWindowSeconds: windowSeconds,
  };
  const process = INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED;
  const maintenance = INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED;
  await inngest.send([
    { name: process, id: eventIds[process], data },
    { name: maintenance, id: eventIds[maintenance], data },
  ]);
  return Response.json(
    { mode: "dispatch-only", dispatch: data },
    { status: 202 },
  );
}

export const POST = GET;
