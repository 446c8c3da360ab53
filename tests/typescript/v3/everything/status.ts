import type { JobStatusRecord } from "./generated/status";

/** Keeps what was written, for a test to look at. */
export const written: JobStatusRecord[] = [];

export function writeStatus(record: JobStatusRecord): void {
  written.push(record);
}
