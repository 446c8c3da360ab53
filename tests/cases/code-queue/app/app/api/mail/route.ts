import { createClient } from "@supabase/supabase-js";

const db = createClient(process.env.DATABASE_URL ?? "", process.env.DATABASE_KEY ?? "");

function isAsync(): boolean {
  return ["1", "true", "yes", "on"].includes((process.env.MAIL_ASYNC ?? "").trim().toLowerCase());
}

async function keep(id: string): Promise<void> {
  await db.from("messages").insert({ id });
}

export async function POST(request: Request) {
  const event = await request.json();
  if (event.type !== "SENT") return Response.json({ ignored: true });
  if (isAsync()) {
    await db.from("webhook_events").insert({ id: event.id });
    return Response.json({ queued: true });
  }
  await keep(event.id);
  return Response.json({ queued: false });
}
