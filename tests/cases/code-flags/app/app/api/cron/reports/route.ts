import { inngest } from "@/lib/inngest";
import { work } from "@/lib/work";

function isOn(method: string): boolean {
  const flag = (process.env.REPORTS_QUEUED ?? "").trim().toLowerCase();
  if (flag === "") {
    return Boolean(process.env.REPORT_KEY?.trim()) && Boolean(process.env.REPORT_SECRET?.trim());
  }
  return ["1", "true", "yes", "on"].includes(flag) && method !== "";
}

function isConfigured(): boolean {
  if (process.env.INNGEST_DEV?.trim()) return true;
  return Boolean(process.env.INNGEST_EVENT_KEY?.trim() && process.env.INNGEST_SIGNING_KEY?.trim());
}

async function handle(request: Request, method: string) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  if (!isOn(method)) {
    return Response.json(await work("all"));
  }
  if (!isConfigured()) {
    return Response.json({ mode: "dispatch-misconfigured" }, { status: 503 });
  }
  const start = new Date(Math.floor(Date.now() / 300_000) * 300_000);
  const dispatchKey = `cron:reports:${start.toISOString().slice(0, 16)}`;
  await inngest.send({ name: "report/sent", id: `report/sent:${dispatchKey}`, data: { dispatchKey } });
  return Response.json({ queued: true }, { status: 202 });
}

export const GET = (request: Request) => handle(request, "GET");
export const POST = (request: Request) => handle(request, "POST");
