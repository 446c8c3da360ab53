import { createHash, randomUUID } from "node:crypto";

import { NextRequest, NextResponse } from "next/server";

import {
  parseReconcileOptions,
  runAppointmentReconcile,
} from "@/lib/appointment-reconcile-runner";
import { inngest } from "@/lib/inngest/client";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

const JOB = "appointment-reconcile";
const WINDOW_SECONDS = 60;
const ALLOWED_PARAMS = [
  "workspaceLimit",
  "leadsPerWorkspace",
  "staleDays",
  "clientId",
  "dryRun",
];

export async function GET(request: NextRequest) {
  const secret = process.env.CRON_SECRET;
  const authorization = request.headers.get("authorization");
  if (!secret || authorization !== `Bearer ${secret}`) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  // Only what is allowed, without blanks; sorted, so that the hash does not depend on the
  // order in which somebody typed the query.
  const params: Record<string, string> = {};
  for (const name of [...ALLOWED_PARAMS].sort()) {
    const value = request.nextUrl.searchParams.get(name)?.trim();
    if (value) {
      params[name] = value;
    }
  }
  const hasParams = Object.keys(params).length > 0;

  const flag = process.env.CRON_APPOINTMENT_RECONCILE_USE_INNGEST;
  if (flag && ["1", "true", "yes", "on"].includes(flag.trim().toLowerCase())) {
    const now = new Date();
    const windowStart = new Date(
      Math.floor(now.getTime() / (WINDOW_SECONDS * 1000)) *
        (WINDOW_SECONDS * 1000),
    );
    let dispatchKey = `cron:${JOB}:${windowStart.toISOString().slice(0, 16)}`;
    if (hasParams) {
      const hash = createHash("sha256")
        .update(JSON.stringify(params))
        .digest("hex");
      dispatchKey += `:${hash.slice(0, 16)}`;
    }
    const dispatch = {
      source: `cron/${JOB}`,
      requestedAt: now.toISOString(),
      dispatchKey,
      correlationId: randomUUID(),
      dispatchWindowStart: windowStart.toISOString(),
      dispatchWindowSeconds: WINDOW_SECONDS,
      ...(hasParams ? { params } : {}),
    };
    const eventName = `cron/${JOB}.requested`;
    const eventId = `${eventName}:${dispatchKey}`;

    if (
      !process.env.INNGEST_DEV?.trim() &&
      (!process.env.INNGEST_EVENT_KEY?.trim() ||
        !process.env.INNGEST_SIGNING_KEY?.trim())
    ) {
      console.error(`[${JOB}] Inngest is not configured`);
      return NextResponse.json(
        {
          mode: "dispatch-misconfigured",
          dispatch,
          event: { name: eventName, id: eventId },
          error: "Inngest is not configured. Nothing was sent.",
          timestamp: new Date().toISOString(),
        },
        { status: 503, headers: { "cache-control": "no-store" } },
      );
    }

    let publishedEventIds: string[];
    try {
      const sent = await inngest.send({
        name: eventName,
        id: eventId,
        data: dispatch,
      });
      publishedEventIds = sent.ids;
    } catch (error) {
      console.error(`[${JOB}] could not dispatch`, error);
      return NextResponse.json(
        {
          mode: "dispatch-failed",
          dispatch,
          event: { name: eventName, id: eventId },
          error: "Inngest could not be reached. Nothing was sent.",
          timestamp: new Date().toISOString(),
        },
        { status: 503, headers: { "cache-control": "no-store" } },
      );
    }

    console.log(`[${JOB}] dispatched`, dispatchKey);
    return NextResponse.json(
      {
        mode: "dispatch-only",
        dispatch,
        event: { name: eventName, id: eventId },
        publishedEventIds,
        timestamp: new Date().toISOString(),
      },
      { status: 202, headers: { "cache-control": "no-store" } },
    );
  }

  try {
    const result = await runAppointmentReconcile(parseReconcileOptions(params));
    return NextResponse.json({ success: true, ...result });
  } catch (error) {
    console.error(`[${JOB}] failed`, error);
    return NextResponse.json({ success: false }, { status: 500 });
  }
}

export const POST = GET;
