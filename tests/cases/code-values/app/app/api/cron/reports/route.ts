import { randomUUID } from "node:crypto";

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
  const start = new Date(Math.floor(now.getTime() / 300_000) * 300_000);
  const dispatchKey = `cron:reports:${start.toISOString().slice(0, 16)}`;
  const data = {
    dispatchKey,
    at: now.toISOString(),
    day: "2026-01-02",
    id: randomUUID(),
    page: "https://example.com",
    count: 3,
    share: 0.5,
    urgent: true,
    state: "new",
    tags: ["a"],
    counts: { a: 1 },
    owner: { name: "a" },
    address: { town: "Rome" },
    note: null,
    anything: { a: [1] },
  };
  await inngest.send({ name: "report/sent", id: `report/sent:${dispatchKey}`, data });
  return Response.json({ queued: true }, { status: 202 });
}
