import { createClient } from "@supabase/supabase-js";

const db = createClient("https://example.test", "key");

export async function enqueue(at: string) {
  await db.from("sweep_jobs").insert({ at });
}

export async function sweep() {
  await db.from("leads").delete().eq("stale", true);
}
