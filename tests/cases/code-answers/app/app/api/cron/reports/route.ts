import { inngest } from "@/lib/inngest";
import { work } from "@/lib/work";

export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  if (!["1", "true", "yes", "on"].includes((process.env.REPORTS_QUEUED ?? "").trim().toLowerCase())) {
    return Response.json(await work("all"));
  }
  const now = new Date();
  const start = new Date(Math.floor(now.getTime() / 300_000) * 300_000);
  const meta = { dispatchKey: `cron:reports:${start.toISOString().slice(0, 16)}`, requestedAt: now.toISOString() };
  const events = ["report/sent", "report/kept"].map((name) => ({ name, id: `${name}:${meta.dispatchKey}` }));
  const isConfigured =
    process.env.INNGEST_DEV?.trim() ||
    (process.env.INNGEST_EVENT_KEY?.trim() && process.env.INNGEST_SIGNING_KEY?.trim());
  if (!isConfigured) {
    const names = events.map(({ name }) => ({ name }));
    const keys = { dispatchKey: meta.dispatchKey };
    return Response.json({ mode: "not-configured", meta: keys, events: names }, { status: 503 });
  }
  try {
    const { ids } = await inngest.send(events.map((event) => ({ ...event, data: meta })));
    return Response.json({ mode: "queued", meta, events, publishedEventIds: ids }, { status: 202 });
  } catch {
    const keys = { dispatchKey: meta.dispatchKey };
    return Response.json({ mode: "not-queued", meta: keys, events }, { status: 502 });
  }
}
