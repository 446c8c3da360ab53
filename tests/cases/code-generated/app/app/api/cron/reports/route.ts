import { dispatchReports } from "@/lib/inngest/generated/dispatch";
import { findDue, send } from "@/lib/reports";

export async function GET(request: Request): Promise<Response> {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "Unauthorized" }, { status: 401 });
  }
  const dispatched = await dispatchReports(request);
  return dispatched ?? Response.json({ success: true, sent: await send(await findDue()) });
}

export const POST = GET;
