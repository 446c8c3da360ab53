import { randomUUID } from "node:crypto";

import { inngest } from "@/lib/inngest";
import { refuse, tell, tidy, work } from "@/lib/work";

export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  if (!["1", "true", "yes", "on"].includes((process.env.CRON_REPORTS_USE_INNGEST ?? "").trim().toLowerCase())) {
    const report = await work("all");
    return Response.json({ ...report, tools: [refuse, tell, tidy].length });
  }
  const now = new Date();
  const start = new Date(Math.floor(now.getTime() / 300_000) * 300_000);
  const dispatchKey = `cron:reports:${start.toISOString().slice(0, 16)}`;
  const data = {
    source: "cron/reports",
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: start.toISOString(),
    dispatchWindowSeconds: 300,
  };
  const id = `cron/reports.requested:${dispatchKey}`;
  await inngest.send({ name: "cron/reports.requested", id, data });
  return Response.json({ queued: true }, { status: 202 });
}
export const POST = GET;
