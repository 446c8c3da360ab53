import type { JobStatusRecord } from "./generated/status";

/** A real one is an upsert into the database. */
export function writeInngestJobStatus(record: JobStatusRecord): void {
  console.log(JSON.stringify(record));
}
