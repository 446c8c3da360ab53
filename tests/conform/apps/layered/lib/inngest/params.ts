import type { Params } from "./keys";

/** The allowed parameters that have a value; nothing at all when none has one. */
export function pickParams(
  query: URLSearchParams,
  allowed: readonly string[] = [],
): Params | undefined {
  const entries = allowed
    .map((name) => [name, query.get(name)?.trim() ?? ""] as const)
    .filter(([, value]) => value !== "");
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
