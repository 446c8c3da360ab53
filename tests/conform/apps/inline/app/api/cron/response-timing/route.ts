import { randomUUID } from "node:crypto";

import { NextRequest, NextResponse } from "next/server";

import { inngest } from "@/lib/inngest/client";
import { processResponseTiming } from "@/lib/response-timing/processor";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

const WINDOW_SECONDS = 300;

async function handle(request: NextRequest) {
  const secret = process.env.CRON_SECRET;
  if (!secret) {
    console.error("[response-timing] CRON_SECRET is not set");
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }
  if (request.headers.get("authorization") !== `Bearer ${secret}`) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  const flag = process.env.CRON_RESPONSE_TIMING_USE_INNGEST ?? "";
  const useInngest = ["1", "true", "yes", "on"].includes(
    flag.trim().toLowerCase(),
  );

  if (useInngest) {
    const now = new Date();
    const windowMs = WINDOW_SECONDS * 1000;
    const windowStart = new Date(
      Math.floor(now.getTime() / windowMs) * windowMs,
    );
    // To the minute: a retry of Vercel within the same five minutes is the same run.
    const dispatchKey = `cron:response-timing:${windowStart.toISOString().slice(0, 16)}`;
    const dispatch = {
      source: "cron/response-timing",
      requestedAt: now.toISOString(),
      dispatchKey,
      correlationId: randomUUID(),
      dispatchWindowStart: windowStart.toISOString(),
      dispatchWindowSeconds: WINDOW_SECONDS,
    };
    const event = {
      name: "cron/response-timing.requested",
      id: `cron/response-timing.requested:${dispatchKey}`,
    };

    const configured =
      Boolean(process.env.INNGEST_DEV?.trim()) ||
      (Boolean(process.env.INNGEST_EVENT_KEY?.trim()) &&
        Boolean(process.env.INNGEST_SIGNING_KEY?.trim()));
    if (!configured) {
      console.error("[response-timing] Inngest is not configured", dispatch);
      return NextResponse.json(
        {
          mode: "dispatch-misconfigured",
          dispatch,
          event,
          error: "Inngest is not configured. Nothing was sent.",
          timestamp: new Date().toISOString(),
        },
        { status: 503, headers: { "cache-control": "no-store" } },
      );
    }

    try {
      const { ids } = await inngest.send({ ...event, data: dispatch });
      console.log("[response-timing] dispatched", { ...dispatch, ids });
      return NextResponse.json(
        {
          mode: "dispatch-only",
          dispatch,
          event,
          publishedEventIds: ids,
          timestamp: new Date().toISOString(),
        },
        { status: 202, headers: { "cache-control": "no-store" } },
      );
    } catch (error) {
      console.error("[response-timing] could not dispatch", dispatch, error);
      return NextResponse.json(
        {
          mode: "dispatch-failed",
          dispatch,
          event,
          error: "Inngest could not be reached. Nothing was sent.",
          timestamp: new Date().toISOString(),
        },
        { status: 503, headers: { "cache-control": "no-store" } },
      );
    }
  }

  const startedAt = Date.now();
  try {
    const result = await processResponseTiming();
    return NextResponse.json({
      success: true,
      ...result,
      durationMs: Date.now() - startedAt,
    });
  } catch (error) {
    console.error("[response-timing] failed", error);
    return NextResponse.json(
      {
        success: false,
        error: error instanceof Error ? error.message : "Unknown error",
      },
      { status: 500 },
    );
  }
}

export async function GET(request: NextRequest) {
  return handle(request);
}

export async function POST(request: NextRequest) {
  return handle(request);
}
