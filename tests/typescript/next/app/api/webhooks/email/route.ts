/** Existing code: queue-first when the flag is on. */
import { INBOXXIA_EMAIL_SENT_ASYNC } from "@/lib/inngest/generated/flags";

export async function POST(request: Request): Promise<Response> {
  const { type } = (await request.json()) as { type: string };
  const queued = type === "EMAIL_SENT" && INBOXXIA_EMAIL_SENT_ASYNC.isEnabled();
  return Response.json({ queued }, { status: queued ? 202 : 200 });
}
