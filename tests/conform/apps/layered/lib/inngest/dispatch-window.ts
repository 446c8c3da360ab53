export interface DispatchWindow {
  /** Start of the window, UTC. */
  start: Date;
  seconds: number;
}

/** Calls of one window ask for the same run: the start is what they have in common. */
export function computeDispatchWindow(
  now: Date,
  seconds: number,
): DispatchWindow {
  const size = seconds * 1000;
  const index = Math.floor(now.getTime() / size);
  return { start: new Date(index * size), seconds };
}

/** `2026-02-18T05:55`: short enough to read in a log line. */
export function formatMinute(instant: Date): string {
  return instant.toISOString().slice(0, 16);
}
