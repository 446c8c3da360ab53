import { AsyncLocalStorage } from "node:async_hooks";

const storage = new AsyncLocalStorage<{ source: string }>();

/** Everything that runs inside of `work` is billed to this source. */
export function runWithTelemetrySource<T>(
  source: string,
  work: () => Promise<T>,
): Promise<T> {
  return storage.run({ source }, work);
}

export function currentTelemetrySource(): string {
  return storage.getStore()?.source ?? "unknown";
}
