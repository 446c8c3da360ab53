import { createHash } from "node:crypto";

import { inngest } from "@/lib/inngest";

export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  const flag = (process.env.REPORTS_QUEUED ?? "").trim().toLowerCase();
  if (!["1", "true", "yes", "on"].includes(flag)) {
    return Response.json({ done: true });
  }
  const now = new Date();
  const seconds = Math.min(300, Math.max(60, Number(process.env.REPORT_SECONDS ?? 300)));
  const start = new Date(Math.floor(now.getTime() / (seconds * 1000)) * seconds * 1000);
  const limit = new URL(request.url).searchParams.get("limit")?.trim();
  const params = limit ? { limit } : undefined;
  const hash = params && createHash("sha256").update(JSON.stringify(params)).digest("hex").slice(0, 16);
  const dispatchKey = `cron:reports:${start.toISOString()}:${seconds}${hash ? `:${hash}` : ""}`;
  const data = { dispatchKey, windowStart: start.toISOString(), windowSeconds: seconds, ...(params && { params }) };
  await inngest.send({ name: "report/sent", id: `report/sent:${dispatchKey}`, data });
  return Response.json({ queued: true }, { status: 202 });
}
