import { db } from "@acme/db";

export async function writeInngestJobStatus(record: Record<string, unknown>) {
  await db.jobRun.upsert(record);
}
