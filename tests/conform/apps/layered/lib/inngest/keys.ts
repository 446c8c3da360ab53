import { createHash } from "node:crypto";

import { type DispatchWindow, formatMinute } from "./dispatch-window";

export type Params = Record<string, string>;

export function sha256(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** The same parameters give the same hash, in whatever order they were typed. */
export function hashParams(params: Params): string {
  const names = Object.keys(params).sort();
  const canonical = Object.fromEntries(
    names.map((name) => [name, params[name]]),
  );
  return sha256(JSON.stringify(canonical), 16);
}

export function buildCronDispatchKey(
  job: string,
  window: DispatchWindow,
  params?: Params,
): string {
  const parts = ["cron", job, formatMinute(window.start)];
  if (params) {
    parts.push(hashParams(params));
  }
  return parts.join(":");
}

export const buildEventId = (event: string, dispatchKey: string): string =>
  `${event}:${dispatchKey}`;

/** Versioned: a change of the scheme must not collide with what is queued. */
export function buildBackgroundDispatchKey(window: DispatchWindow): string {
  return `background-jobs:v1:${window.seconds}:${window.start.toISOString()}`;
}
