import { randomUUID } from "node:crypto";

import {
  type DispatchEventData,
  INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
  INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
} from "@events";
import { isInngestConfigured } from "@/lib/flags";
import { inngest } from "@/lib/inngest/client";
import { computeDispatchWindow } from "@/lib/inngest/dispatch-window";
import { buildBackgroundDispatchKey, sha256 } from "@/lib/inngest/keys";
import { dispatchResponse } from "@/lib/inngest/responses";
import { createLogger } from "@/lib/logger";
import prisma from "@/lib/prisma";

const logger = createLogger("background-jobs");

const WINDOW_SECONDS = 60;
const ID_LENGTH = 24;
const BATCH = 50;
const DAY = 24 * 60 * 60 * 1000;

/** Two events, one for each function; both carry the same data. */
export async function dispatchBackgroundJobs(): Promise<Response> {
  const now = new Date();
  const window = computeDispatchWindow(now, WINDOW_SECONDS);
  const dispatchKey = buildBackgroundDispatchKey(window);
  const data: DispatchEventData = {
    source: "cron/background-jobs",
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: window.start.toISOString(),
    dispatchWindowSeconds: window.seconds,
  };
  const digest = sha256(dispatchKey, ID_LENGTH);
  const process = {
    name: INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
    id: `bg-process:${digest}`,
  };
  const maintenance = {
    name: INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
    id: `bg-maint:${digest}`,
  };
  const details = { dispatch: data, events: [process, maintenance] };

  if (!isInngestConfigured()) {
    logger.error("not dispatched", "Inngest is not configured", data);
    return dispatchResponse("misconfigured", details);
  }
  try {
    const { ids } = await inngest.send([
      { ...process, data },
      { ...maintenance, data },
    ]);
    logger.info("dispatched", data);
    return dispatchResponse("dispatched", {
      ...details,
      publishedEventIds: ids,
    });
  } catch (cause) {
    logger.error("not dispatched", cause, data);
    return dispatchResponse("failed", details);
  }
}

type Job = { id: string; kind: string; payload: { leadId?: string } };

const HANDLERS: Record<string, (payload: Job["payload"]) => Promise<unknown>> =
  {
    "score-lead": ({ leadId }) =>
      prisma.lead.update({
        where: { id: leadId },
        data: { scoredAt: new Date() },
      }),
    "archive-lead": ({ leadId }) =>
      prisma.lead.update({
        where: { id: leadId },
        data: { archivedAt: new Date() },
      }),
  };

/** Works off the table, oldest job first. What fails is left for the next run. */
export async function processPendingJobs() {
  const jobs: Job[] = await prisma.backgroundJob.findMany({
    where: { state: "pending" },
    orderBy: { createdAt: "asc" },
    take: BATCH,
  });
  const tally = { done: 0, failed: 0 };
  for (const job of jobs) {
    try {
      await HANDLERS[job.kind]?.(job.payload);
      await prisma.backgroundJob.update({
        where: { id: job.id },
        data: { state: "done" },
      });
      tally.done += 1;
    } catch (cause) {
      logger.error("job failed", cause, { id: job.id });
      tally.failed += 1;
    }
  }
  return tally;
}

export async function maintainBackgroundJobs() {
  const { count } = await prisma.backgroundJob.deleteMany({
    where: {
      state: "done",
      createdAt: { lt: new Date(Date.now() - 14 * DAY) },
    },
  });
  return { deleted: count };
}
