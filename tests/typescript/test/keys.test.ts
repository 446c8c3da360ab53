import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import {
  APPOINTMENT_RECONCILE_PARAMS,
  deriveAppointmentReconcileKeys,
  deriveBackgroundJobsKeys,
  deriveResponseTimingKeys,
  pickParams,
} from "@/lib/inngest/generated/keys";

function sha256(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

for (const [instant, start] of [
  ["2026-02-18T05:55:00.000Z", "2026-02-18T05:55"],
  ["2026-02-18T05:59:59.999Z", "2026-02-18T05:55"],
  ["2026-02-18T06:00:00.000Z", "2026-02-18T06:00"],
  ["1970-01-01T00:00:00.000Z", "1970-01-01T00:00"],
  ["1969-12-31T23:59:59.999Z", "1969-12-31T23:55"],
  ["1969-12-31T23:55:00.000Z", "1969-12-31T23:55"],
  ["1969-12-31T23:54:59.999Z", "1969-12-31T23:50"],
  ["2024-02-29T23:59:59.999Z", "2024-02-29T23:55"],
] as const) {
  test(`${instant} lies in the window of ${start}`, () => {
    assert.deepEqual(deriveResponseTimingKeys({ instant: new Date(instant) }), {
      window: start,
      windowStart: `${start}:00.000Z`,
      windowSeconds: 300,
      dispatchKey: `cron:response-timing:${start}`,
      eventId: `cron/response-timing.requested:cron:response-timing:${start}`,
    });
  });
}

test("an offload with two events gives each its own id", async () => {
  const keys = await deriveBackgroundJobsKeys({
    instant: new Date("2026-02-18T05:59:49.123Z"),
  });
  const dispatchKey = "background-jobs:v1:60:2026-02-18T05:59:00.000Z";
  assert.deepEqual(keys, {
    window: "2026-02-18T05:59",
    windowStart: "2026-02-18T05:59:00.000Z",
    windowSeconds: 60,
    dispatchKey,
    eventIds: {
      "background/process.requested": `bg-process:${sha256(dispatchKey, 24)}`,
      "background/maintenance.requested": `bg-maint:${sha256(dispatchKey, 24)}`,
    },
  });
});

for (const [params, json] of [
  [{ dryRun: "true" }, '{"dryRun":"true"}'],
  [{ dryRun: " true\u00a0\ufeff" }, '{"dryRun":"true"}'],
  [
    { workspaceLimit: "5", clientId: "a", staleDays: " " },
    '{"clientId":"a","workspaceLimit":"5"}',
  ],
  [{ clientId: 'a"b\\c\n\u0000\u2028é😀' }, undefined],
] as const) {
  test(`the hash is of the canonical JSON: ${JSON.stringify(params)}`, async () => {
    const keys = await deriveAppointmentReconcileKeys({
      instant: new Date("2026-02-18T05:59:49.123Z"),
      params,
    });
    const text = json ?? JSON.stringify(params);
    assert.equal(
      keys.dispatchKey,
      `cron:appointment-reconcile:2026-02-18T05:59:${sha256(text, 16)}`,
    );
  });
}

for (const params of [undefined, {}, { dryRun: "" }, { dryRun: "\n\t " }]) {
  test(`no hash without a parameter: ${JSON.stringify(params)}`, async () => {
    const keys = await deriveAppointmentReconcileKeys({
      instant: new Date("2026-02-18T05:59:49.123Z"),
      params,
    });
    assert.equal(
      keys.dispatchKey,
      "cron:appointment-reconcile:2026-02-18T05:59",
    );
  });
}

test("parameters come in the order of the list, whatever their names", () => {
  const names = ["10", "9", "__proto__", "a"] as const;
  const picked = pickParams(names, (name) => `<${name}>`);
  assert.ok(picked);
  assert.deepEqual(Object.keys(picked).sort(), [...names].sort());
  assert.equal(Object.getPrototypeOf(picked), Object.prototype);
  assert.deepEqual(
    [...APPOINTMENT_RECONCILE_PARAMS],
    [...APPOINTMENT_RECONCILE_PARAMS].sort(),
  );
});
