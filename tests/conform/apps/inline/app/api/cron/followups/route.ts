import { processDueFollowups } from "@/lib/followup-engine";
import { inngest } from "@/lib/inngest/client";
import { runWithTelemetrySource } from "@/lib/telemetry";

export const dynamic = "force-dynamic";
export const maxDuration = 120;

const isSet = (value: string | undefined) =>
  value !== undefined && value.trim() !== "";

export async function GET(request: Request): Promise<Response> {
  const secret = process.env.CRON_SECRET;
  const token = request.headers.get("authorization");
  if (secret === undefined || secret === "" || token !== "Bearer " + secret) {
    return Response.json({ error: "Unauthorized" }, { status: 401 });
  }

  let dispatchToInngest = false;
  switch (process.env.CRON_FOLLOWUPS_USE_INNGEST?.trim().toLowerCase()) {
    case "1":
    case "true":
    case "yes":
    case "on":
      dispatchToInngest = true;
  }

  if (!dispatchToInngest) {
    try {
      const result = await runWithTelemetrySource("cron/followups", () =>
        processDueFollowups(),
      );
      return Response.json({ success: true, result });
    } catch (error) {
      console.error("[followups] failed", error);
      return Response.json({ success: false }, { status: 500 });
    }
  }

  const requestedAt = new Date();
  const windowStart = new Date(requestedAt);
  windowStart.setUTCSeconds(0, 0);
  const minute = windowStart.toISOString().replace(":00.000Z", "");
  const dispatchKey = "cron:followups:" + minute;
  const eventId = "cron/followups.requested:" + dispatchKey;
  const data = {
    source: "cron/followups",
    requestedAt: requestedAt.toISOString(),
    dispatchKey,
    correlationId: crypto.randomUUID(),
    dispatchWindowStart: windowStart.toISOString(),
    dispatchWindowSeconds: 60,
  };

  if (
    !isSet(process.env.INNGEST_DEV) &&
    !(
      isSet(process.env.INNGEST_EVENT_KEY) &&
      isSet(process.env.INNGEST_SIGNING_KEY)
    )
  ) {
    return Response.json(
      {
        mode: "dispatch-misconfigured",
        dispatch: data,
        event: { name: "cron/followups.requested", id: eventId },
        error: "Inngest is not configured. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  }

  try {
    const { ids } = await inngest.send({
      name: "cron/followups.requested",
      id: eventId,
      data,
    });
    return Response.json(
      {
        mode: "dispatch-only",
        dispatch: data,
        event: { name: "cron/followups.requested", id: eventId },
        publishedEventIds: ids,
        timestamp: new Date().toISOString(),
      },
      { status: 202, headers: { "cache-control": "no-store" } },
    );
  } catch (error) {
    console.error("[followups] could not dispatch", error);
    return Response.json(
      {
        mode: "dispatch-failed",
        dispatch: data,
        event: { name: "cron/followups.requested", id: eventId },
        error: "Inngest could not be reached. Nothing was sent.",
        timestamp: new Date().toISOString(),
      },
      { status: 503, headers: { "cache-control": "no-store" } },
    );
  }
}

export async function POST(request: Request): Promise<Response> {
  return GET(request);
}
