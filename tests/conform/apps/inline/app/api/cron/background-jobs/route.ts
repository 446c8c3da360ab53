import { createHash, randomUUID } from "node:crypto";

import { NextRequest, NextResponse } from "next/server";

import {
  processBackgroundJobs,
  runBackgroundMaintenance,
} from "@/lib/background-jobs/dispatch";
import { inngest } from "@/lib/inngest/client";
import {
  INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
  INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
} from "@/lib/inngest/event-names";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

const WINDOW_SECONDS = 60;

function isOn(value: string | undefined): boolean {
  return ["1", "true", "yes", "on"].includes(
    (value ?? "").trim().toLowerCase(),
  );
}

function isBlank(value: string | undefined): boolean {
  return (value ?? "").trim() === "";
}

/**
 * On when the flag says so; also when nobody said anything and there is a key, which is how
 * production was switched over. The emergency brake wins over both.
 */
function usesInngest(): boolean {
  if (isOn(process.env.BACKGROUND_JOBS_FORCE_INLINE)) {
    return false;
  }
  if (isBlank(process.env.BACKGROUND_JOBS_USE_INNGEST)) {
    return !isBlank(process.env.INNGEST_EVENT_KEY);
  }
  return isOn(process.env.BACKGROUND_JOBS_USE_INNGEST);
}

async function handle(request: NextRequest) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  if (!usesInngest()) {
    const processed = await processBackgroundJobs();
    const maintenance = await runBackgroundMaintenance();
    return NextResponse.json({ success: true, processed, maintenance });
  }

  const now = new Date();
  const windowMs = WINDOW_SECONDS * 1000;
  const windowStart = new Date(
    Math.floor(now.getTime() / windowMs) * windowMs,
  ).toISOString();
  const dispatchKey = `background-jobs:v1:${WINDOW_SECONDS}:${windowStart}`;
  const digest = createHash("sha256")
    .update(dispatchKey)
    .digest("hex")
    .slice(0, 24);
  const dispatch = {
    source: "cron/background-jobs",
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: windowStart,
    dispatchWindowSeconds: WINDOW_SECONDS,
  };
  const events = [
    {
      name: INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
      id: `bg-process:${digest}`,
    },
    {
      name: INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
      id: `bg-maint:${digest}`,
    },
  ];

  if (
    isBlank(process.env.INNGEST_DEV) &&
    (isBlank(process.env.INNGEST_EVENT_KEY) ||
      isBlank(process.env.INNGEST_SIGNING_KEY))
  ) {
    console.error("[background-jobs] Inngest is not configured");
    return NextResponse.json(
      {
        mode: "dispatch-misconfigured",
        dispatch,
        events,
        error: "Inngest is not configured. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  }

  try {
    const { ids } = await inngest.send(
      events.map((event) => ({ ...event, data: dispatch })),
    );
    return NextResponse.json(
      {
        mode: "dispatch-only",
        dispatch,
        events,
        publishedEventIds: ids,
        timestamp: new Date().toISOString(),
      },
      { status: 202, headers: { "cache-control": "no-store" } },
    );
  } catch (error) {
    console.error("[background-jobs] could not dispatch", error);
    return NextResponse.json(
      {
        mode: "dispatch-failed",
        dispatch,
        events,
        error: "Inngest could not be reached. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  }
}

export const GET = handle;
export const POST = handle;
