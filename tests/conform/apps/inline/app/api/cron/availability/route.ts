import { randomUUID as uuid } from "crypto";

import { type NextRequest, NextResponse } from "next/server";

import { refreshAvailabilityCaches } from "@/lib/availability-cache";
import { inngest } from "@/lib/inngest/client";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

const TRUTHY = new Set(["1", "true", "yes", "on"]);

export async function GET(request: NextRequest) {
  // 1. Who calls?
  const cronSecret = process.env.CRON_SECRET;
  const authHeader = request.headers.get("authorization");
  const authorized = !!cronSecret && authHeader === `Bearer ${cronSecret}`;
  if (!authorized) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  // 2. Inline, as it always was, as long as the flag is off.
  const flag = process.env.CRON_AVAILABILITY_USE_INNGEST;
  if (!TRUTHY.has((flag || "").trim().toLowerCase())) {
    const started = Date.now();
    const { refreshed, failed } = await refreshAvailabilityCaches();
    console.log("[availability] refreshed inline", { refreshed, failed });
    return NextResponse.json({
      success: true,
      refreshed,
      failed,
      elapsedMs: Date.now() - started,
      timestamp: new Date().toISOString(),
    });
  }

  // 3. Everything below only asks Inngest to do it.
  const now = Date.now();
  const windowStart = new Date(Math.floor(now / 60_000) * 60_000);
  const window = windowStart.toISOString().slice(0, "YYYY-MM-DDTHH:mm".length);
  const dispatchKey = ["cron", "availability", window].join(":");
  const name = "cron/availability.requested";
  const id = `${name}:${dispatchKey}`;
  const dispatch = {
    source: "cron/availability",
    requestedAt: new Date(now).toISOString(),
    dispatchKey,
    correlationId: uuid(),
    dispatchWindowStart: windowStart.toISOString(),
    dispatchWindowSeconds: 60,
  };
  const headers = { "cache-control": "no-store" };

  const hasDevServer = (process.env.INNGEST_DEV ?? "").trim() !== "";
  const hasEventKey = (process.env.INNGEST_EVENT_KEY ?? "").trim() !== "";
  const hasSigningKey = (process.env.INNGEST_SIGNING_KEY ?? "").trim() !== "";
  if (!hasDevServer && (!hasEventKey || !hasSigningKey)) {
    return NextResponse.json(
      {
        mode: "dispatch-misconfigured",
        dispatch,
        event: { name, id },
        error: "Inngest is not configured. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers },
    );
  }

  try {
    const published = await inngest.send({ id, name, data: dispatch });
    return NextResponse.json(
      {
        mode: "dispatch-only",
        dispatch,
        event: { name, id },
        publishedEventIds: published.ids,
        timestamp: new Date().toISOString(),
      },
      { status: 202, headers },
    );
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    console.error(`[availability] could not dispatch: ${reason}`);
    return NextResponse.json(
      {
        mode: "dispatch-failed",
        dispatch,
        event: { name, id },
        error: "Inngest could not be reached. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers },
    );
  }
}

export const POST = GET;
