import type { JobStatusRecord } from "./generated/status";

/** Keeps what was written, for a test to look at. A real one upserts by `runId`. */
export const written: JobStatusRecord[] = [];

let failure: Error | undefined;

/** From now on every write throws; with `undefined` none does. */
export function breakWriter(error: Error | undefined): void {
  failure = error;
}

export async function writeInngestJobStatus(
  record: JobStatusRecord,
): Promise<void> {
  await Promise.resolve();
  if (failure !== undefined) {
    throw failure;
  }
  written.push(record);
}
