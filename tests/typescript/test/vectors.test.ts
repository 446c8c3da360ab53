/** The compiler and the generated code derive the same keys: committed vectors, and random ones. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import * as everything from "@/everything/generated/keys";
import * as own from "@/lib/inngest/generated/keys";

interface Vector {
  contract: "everything" | "own";
  offload: string;
  at: number;
  params: [string, string][];
  windowSeconds: number | null;
  window: { start: string; minute: string; seconds: number } | null;
  dispatchKey: string;
  events: [string, string][];
}

interface Keys {
  dispatchKey: string;
  eventId?: string;
  eventIds?: Record<string, string>;
  window?: string;
  windowStart?: string;
  windowSeconds?: number;
}

interface Call {
  instant: Date;
  params: unknown;
  environment: object;
  uuid: string;
}

const UUID = "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11";
const ROOT = join(import.meta.dirname, "../../..");

/** What a module exports for an offload. */
function derivation({ contract, offload }: Vector): {
  derive: (call: Call) => Keys | Promise<Keys>;
  allowed: readonly string[];
} {
  const words = offload.split("-");
  const pascal = words.map(
    (word) => word.charAt(0).toUpperCase() + word.slice(1),
  );
  const guard = (name: string) => (/^\d/u.test(name) ? `_${name}` : name);
  const module: Record<string, unknown> = contract === "own" ? own : everything;
  const derive = module[`derive${guard(pascal.join(""))}Keys`];
  assert.ok(typeof derive === "function", offload);
  const allowed =
    module[`${guard(words.join("_").toUpperCase())}_PARAMS`] ?? [];
  return {
    derive: derive as (call: Call) => Keys,
    allowed: allowed as readonly string[],
  };
}

async function check(vector: Vector): Promise<void> {
  const { derive, allowed } = derivation(vector);
  // As the dispatcher reads them: from a query.
  const query = new URLSearchParams(vector.params);
  const params = own.pickParams(allowed, (name) => query.get(name));
  const size = vector.windowSeconds;
  const environment = size === null ? {} : { OWN_STEPS_WINDOW: String(size) };
  const instant = new Date(vector.at);
  const keys = await derive({ instant, params, environment, uuid: UUID });
  assert.equal(keys.dispatchKey, vector.dispatchKey);
  assert.equal(keys.windowStart, vector.window?.start);
  assert.equal(keys.window, vector.window?.minute);
  assert.equal(keys.windowSeconds, vector.window?.seconds);
  const [[, first] = []] = vector.events;
  const ids = keys.eventIds ?? {
    [String(vector.events[0]?.[0])]: keys.eventId,
  };
  assert.deepEqual(ids, Object.fromEntries(vector.events));
  assert.ok(first);
}

for (const [what, path, least] of [
  ["committed", "tests/vectors/keys.json", 100],
  ["random", "target/tmp/keys.json", 10_000],
] as const) {
  test(`${what} vectors: the same keys on both sides`, async () => {
    const text = readFileSync(join(ROOT, path), "utf8");
    const vectors = JSON.parse(text) as Vector[];
    assert.ok(vectors.length >= least, `${String(vectors.length)} vectors`);
    for (const vector of vectors) {
      try {
        await check(vector);
      } catch (error) {
        throw new Error(JSON.stringify(vector), { cause: error });
      }
    }
  });
}
