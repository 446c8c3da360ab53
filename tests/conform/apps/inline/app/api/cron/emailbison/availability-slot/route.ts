import { randomUUID } from "node:crypto";

import { NextRequest, NextResponse } from "next/server";

import { processFirstTouchAvailability } from "@/lib/emailbison-first-touch-availability";
import { inngest } from "@/lib/inngest/client";

export const dynamic = "force-dynamic";
export const maxDuration = 60;

const EVENT_NAME = "cron/emailbison-availability-slot.requested";

export async function GET(request: NextRequest) {
  const secret = process.env.CRON_SECRET;
  const header = request.headers.get("Authorization");
  if (!secret || header !== `Bearer ${secret}`) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  const flag = (process.env.CRON_EMAILBISON_AVAILABILITY_SLOT_USE_INNGEST ?? "")
    .trim()
    .toLowerCase();
  const enabled =
    flag === "1" || flag === "true" || flag === "yes" || flag === "on";

  if (enabled) {
    const now = new Date();
    const windowStart = new Date(
      Date.UTC(
        now.getUTCFullYear(),
        now.getUTCMonth(),
        now.getUTCDate(),
        now.getUTCHours(),
        now.getUTCMinutes(),
      ),
    ).toISOString();
    const [day, time] = windowStart.split("T");
    const key = `cron:emailbison-availability-slot:${day}T${time.substring(0, 5)}`;
    const event = { name: EVENT_NAME, id: `${EVENT_NAME}:${key}` };
    const dispatch = {
      source: "cron/emailbison-availability-slot",
      requestedAt: now.toISOString(),
      dispatchKey: key,
      correlationId: randomUUID(),
      dispatchWindowStart: windowStart,
      dispatchWindowSeconds: 60,
    };
    const respond = (mode: string, status: number, rest: object) =>
      NextResponse.json(
        {
          mode,
          dispatch,
          event,
          ...rest,
          timestamp: new Date().toISOString(),
        },
        { status, headers: { "cache-control": "no-store" } },
      );

    const { INNGEST_DEV, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY } = process.env;
    const keysAreSet = [INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY].every(
      (value) => (value ?? "").trim().length > 0,
    );
    if (!INNGEST_DEV?.trim() && !keysAreSet) {
      return respond("dispatch-misconfigured", 503, {
        error: "Inngest is not configured. Nothing was sent.",
      });
    }
    try {
      const { ids } = await inngest.send({ ...event, data: { ...dispatch } });
      return respond("dispatch-only", 202, { publishedEventIds: ids });
    } catch (error) {
      console.error("[availability-slot] could not dispatch", error);
      return respond("dispatch-failed", 503, {
        error: "Inngest could not be reached. Nothing was sent.",
      });
    }
  }

  const result = await processFirstTouchAvailability();
  // Nothing could be written at all: the cache is broken, and an alert should say so.
  if (result.failed > 0 && result.updated === 0) {
    console.error("[availability-slot] no campaign has a slot", result);
    return NextResponse.json({ success: false, ...result }, { status: 500 });
  }
  return NextResponse.json({ success: true, ...result });
}

export { GET as POST };
