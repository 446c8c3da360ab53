import { randomUUID } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { isOn, isSet } from "@acme/env";
import { isAuthorized } from "@acme/env/auth";
import { inngest, INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED } from "@acme/jobs";
import { createNightlyReport } from "@/lib/nightly-report";

const WINDOW_SECONDS = 300;

function isConfigured(): boolean {
  if (isSet(process.env.INNGEST_DEV)) return true;
  return isSet(process.env.INNGEST_EVENT_KEY) && isSet(process.env.INNGEST_SIGNING_KEY);
}

async function dispatch() {
  const now = new Date();
  const size = WINDOW_SECONDS * 1000;
  const windowStart = new Date(Math.floor(now.getTime() / size) * size);
  const dispatchKey = `cron:nightly-report:${windowStart.toISOString().slice(0, 16)}`;
  const data = {
    source: "cron/nightly-report",
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: windowStart.toISOString(),
    dispatchWindowSeconds: WINDOW_SECONDS,
  };
  const name = INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED;
  const event = { name, id: `${name}:${dispatchKey}` };
  if (!isConfigured()) {
    return NextResponse.json({ mode: "dispatch-misconfigured", dispatch: data, event }, { status: 503 });
  }
  try {
    const { ids } = await inngest.send({ ...event, data });
    return NextResponse.json(
      { mode: "dispatch-only", dispatch: data, event, publishedEventIds: ids },
      { status: 202 },
    );
  } catch {
    return NextResponse.json({ mode: "dispatch-failed", dispatch: data, event }, { status: 503 });
  }
}

export async function GET(request: NextRequest) {
  if (!isAuthorized(request)) {
    return NextResponse.json({ error: "unauthorized" }, { status: 401 });
  }
  if (isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)) {
    return dispatch();
  }
  const report = await createNightlyReport();
  return NextResponse.json({ success: true, rows: report.rows });
}

export const POST = GET;
