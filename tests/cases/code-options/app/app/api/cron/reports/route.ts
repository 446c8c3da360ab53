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
  const data = { dispatchKey, state: "new", tenant_id: "a", day: "2026-01-02", urgent: true };
  const names = [
    "ranged",
    "wider",
    "deaf",
    "other",
    "fixed",
    "seconds",
    "fraction",
    "keyed",
    "loaded",
    "other-loaded",
    "cancels",
    "skips",
    "index",
    "text",
    "condition",
  ];
  await inngest.send(names.map((name) => ({ name: `report/${name}`, id: `report/${name}:${dispatchKey}`, data })));
  return Response.json({ queued: true }, { status: 202 });
}
