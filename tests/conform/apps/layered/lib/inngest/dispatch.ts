import { randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";

import type { CronDispatchEventData } from "@events";
import { isCronDispatchEnabled, isInngestConfigured } from "@/lib/flags";
import { createLogger } from "@/lib/logger";

import { inngest } from "./client";
import { computeDispatchWindow } from "./dispatch-window";
import { CRON_JOBS, type CronJob, type CronJobConfig } from "./jobs";
import { buildCronDispatchKey, buildEventId } from "./keys";
import { pickParams } from "./params";
import { type DispatchDetails, dispatchResponse } from "./responses";

/**
 * Hands the job to Inngest when its flag is on, and answers for the route. `null` means that
 * the flag is off and the route goes on itself.
 */
export async function dispatchCron(
  request: NextRequest,
  job: CronJob,
): Promise<Response | null> {
  if (!isCronDispatchEnabled(job)) {
    return null;
  }
  const logger = createLogger(`cron/${job}`);
  const config: CronJobConfig = CRON_JOBS[job];
  const now = new Date();
  const window = computeDispatchWindow(now, config.windowSeconds);
  const params = pickParams(request.nextUrl.searchParams, config.params);
  const dispatchKey = buildCronDispatchKey(job, window, params);

  const data: CronDispatchEventData = {
    source: `cron/${job}`,
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: window.start.toISOString(),
    dispatchWindowSeconds: window.seconds,
    ...(params && { params }),
  };
  const id = buildEventId(config.event, dispatchKey);
  const details: DispatchDetails = {
    dispatch: data,
    events: [{ name: config.event, id }],
  };

  if (!isInngestConfigured()) {
    logger.error("not dispatched", "Inngest is not configured", data);
    return dispatchResponse("misconfigured", details);
  }

  return inngest
    .send({ name: config.event, id, data })
    .then(({ ids }) => {
      logger.info("dispatched", data);
      return dispatchResponse("dispatched", {
        ...details,
        publishedEventIds: ids,
      });
    })
    .catch((cause: unknown) => {
      logger.error("not dispatched", cause, data);
      return dispatchResponse("failed", details);
    });
}
