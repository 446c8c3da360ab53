import { createHash, randomUUID } from "node:crypto";

import { inngest } from "@/lib/inngest";
import { work } from "@/lib/work";

export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  const query = new URL(request.url).searchParams;
  if (!["1", "true", "yes", "on"].includes((process.env.CRON_REPORTS_USE_INNGEST ?? "").trim().toLowerCase())) {
    const asked = { limit: query.get("limit"), region: query.get("region") };
    const rows = await work("all", asked);
    return Response.json({ rows });
  }
  const now = new Date();
  const start = new Date(Math.floor(now.getTime() / 300_000) * 300_000);
  const params: Record<string, string> = {};
  for (const name of ["limit", "region"]) {
    const value = query.get(name)?.trim();
    if (value) params[name] = value;
  }
  const text = JSON.stringify(params);
  const hash = text !== "{}" ? `:${createHash("sha256").update(text).digest("hex").slice(0, 16)}` : "";
  const dispatchKey = `cron:reports:${start.toISOString().slice(0, 16)}${hash}`;
  const data = {
    source: "cron/reports",
    requestedAt: now.toISOString(),
    dispatchKey,
    correlationId: randomUUID(),
    dispatchWindowStart: start.toISOString(),
    dispatchWindowSeconds: 300,
    ...(text !== "{}" && { params }),
  };
  const id = `cron/reports.requested:${dispatchKey}`;
  await inngest.send({ name: "cron/reports.requested", id, data });
  return Response.json({ queued: true }, { status: 202 });
}
export const POST = GET;
