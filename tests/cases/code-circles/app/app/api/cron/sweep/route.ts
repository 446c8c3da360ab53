import "@/lib/circles";
import { enqueue, sweep } from "@/lib/sweep";

export async function GET(request: Request) {
  const secret = process.env.CRON_SECRET;
  if (!secret || request.headers.get("authorization") !== `Bearer ${secret}`) {
    return Response.json({ error: "Unauthorized" }, { status: 401 });
  }
  const flag = (process.env.SWEEP_QUEUED ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(flag)) {
    await enqueue(new Date().toISOString());
    return Response.json({ queued: true });
  }
  await sweep();
  return Response.json({ queued: false });
}
