import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { OffloadEnvironment } from "@/lib/inngest/generated/environment";
import {
  BACKGROUND_JOBS_USE_INNGEST,
  CRON_FOLLOWUPS_USE_INNGEST,
  flags,
  INBOXXIA_EMAIL_SENT_ASYNC,
  isInngestConfigured,
  preflight,
} from "@/lib/inngest/generated/flags";

const GOOD: OffloadEnvironment = {
  CRON_SECRET: "a secret",
  INNGEST_EVENT_KEY: "an event key",
  INNGEST_SIGNING_KEY: "a signing key",
};

test("the flags of the contract", () => {
  assert.deepEqual(flags.map(({ name }) => name).sort(), [
    "BACKGROUND_JOBS_USE_INNGEST",
    "CRON_APPOINTMENT_RECONCILE_USE_INNGEST",
    "CRON_AVAILABILITY_USE_INNGEST",
    "CRON_EMAILBISON_AVAILABILITY_SLOT_USE_INNGEST",
    "CRON_FOLLOWUPS_USE_INNGEST",
    "CRON_RESPONSE_TIMING_USE_INNGEST",
    "INBOXXIA_EMAIL_SENT_ASYNC",
  ]);
});

for (const [value, on] of [
  ["1", true],
  ["true", true],
  ["YES", true],
  ["\ton\r\n", true],
  [undefined, false],
  ["", false],
  ["  ", false],
  ["0", false],
  ["false", false],
  ["enabled", false],
  ["true true", false],
] as const) {
  test(`${JSON.stringify(value)} is ${on ? "on" : "off"}`, () => {
    for (const flag of [
      CRON_FOLLOWUPS_USE_INNGEST,
      INBOXXIA_EMAIL_SENT_ASYNC,
    ]) {
      assert.equal(flag.isEnabled({ [flag.name]: value }), on);
    }
  });
}

test("background jobs: every state of what the flag reads", () => {
  for (const flag of [undefined, "", " ", "true", "false", "other"]) {
    for (const key of [undefined, " ", "a key"]) {
      for (const inline of [undefined, "false", "true"]) {
        const unset = flag === undefined || flag.trim() === "";
        const expected =
          inline !== "true" && (flag === "true" || (unset && key === "a key"));
        const environment = {
          BACKGROUND_JOBS_USE_INNGEST: flag,
          INNGEST_EVENT_KEY: key,
          BACKGROUND_JOBS_FORCE_INLINE: inline,
        };
        assert.equal(
          BACKGROUND_JOBS_USE_INNGEST.isEnabled(environment),
          expected,
          JSON.stringify(environment),
        );
      }
    }
  }
});

test("the rollback turns every flag off, from every enabled state", () => {
  for (const flag of flags) {
    for (const value of [undefined, "true"]) {
      const enabled = { ...GOOD, [flag.name]: value };
      assert.equal(flag.isEnabled({ ...enabled, ...flag.rollback }), false);
    }
  }
});

test("flags read the process's environment at the time of the call", () => {
  const name = "CRON_FOLLOWUPS_USE_INNGEST";
  const before = process.env[name];
  try {
    process.env[name] = "true";
    assert.equal(CRON_FOLLOWUPS_USE_INNGEST.isEnabled(), true);
    process.env[name] = "false";
    assert.equal(CRON_FOLLOWUPS_USE_INNGEST.isEnabled(), false);
  } finally {
    if (before === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = before;
    }
  }
});

test("Inngest is configured with both keys, or with its development server", () => {
  const key = { INNGEST_EVENT_KEY: "a" };
  const signing = { INNGEST_SIGNING_KEY: "b" };
  assert.equal(isInngestConfigured({}), false);
  assert.equal(isInngestConfigured(key), false);
  assert.equal(isInngestConfigured(signing), false);
  assert.equal(isInngestConfigured({ ...key, INNGEST_SIGNING_KEY: "" }), false);
  assert.equal(isInngestConfigured({ ...key, ...signing }), true);
  assert.equal(isInngestConfigured({ INNGEST_DEV: "1" }), true);
});

describe("preflight", () => {
  function problems(environment: OffloadEnvironment): string[] {
    return preflight({ ...GOOD, ...environment }).map(
      ({ code, variable }) => `${code} ${variable}`,
    );
  }

  test("nothing to say", () => {
    assert.deepEqual(problems({}), []);
    assert.deepEqual(
      problems({
        CRON_FOLLOWUPS_USE_INNGEST: " TRUE ",
        BACKGROUND_JOBS_USE_INNGEST: "off",
        BACKGROUND_JOBS_FORCE_INLINE: "no",
      }),
      [],
    );
  });

  test("a secret with white space, without telling it", () => {
    const found = preflight({ ...GOOD, CRON_SECRET: "hush\n" });
    assert.deepEqual(
      found.map(({ code, variable }) => [code, variable]),
      [["secret-white-space", "CRON_SECRET"]],
    );
    assert.doesNotMatch(JSON.stringify(found), /hush/u);
    assert.deepEqual(problems({ INNGEST_SIGNING_KEY: " b" }), [
      "secret-white-space INNGEST_SIGNING_KEY",
    ]);
  });

  test("no secret: every route refuses", () => {
    assert.deepEqual(problems({ CRON_SECRET: undefined }), [
      "secret-missing CRON_SECRET",
    ]);
  });

  test("a value that is no value of a flag", () => {
    assert.deepEqual(
      problems({
        CRON_FOLLOWUPS_USE_INNGEST: "ture",
        INBOXXIA_EMAIL_SENT_ASYNC: "enabled",
        BACKGROUND_JOBS_FORCE_INLINE: "maybe",
      }).sort(),
      [
        "flag-unknown-value BACKGROUND_JOBS_FORCE_INLINE",
        "flag-unknown-value CRON_FOLLOWUPS_USE_INNGEST",
        "flag-unknown-value INBOXXIA_EMAIL_SENT_ASYNC",
      ],
    );
  });

  test("dispatch on, without a key", () => {
    assert.deepEqual(
      problems({
        CRON_FOLLOWUPS_USE_INNGEST: "1",
        INNGEST_SIGNING_KEY: undefined,
      }),
      ["dispatch-not-configured INNGEST_SIGNING_KEY"],
    );
    assert.deepEqual(
      problems({
        CRON_FOLLOWUPS_USE_INNGEST: "1",
        INNGEST_EVENT_KEY: "",
        INNGEST_SIGNING_KEY: " ",
      }).filter((problem) => problem.startsWith("dispatch")),
      [
        "dispatch-not-configured INNGEST_EVENT_KEY",
        "dispatch-not-configured INNGEST_SIGNING_KEY",
      ],
    );
  });

  test("without a key, only the development server runs anything", () => {
    const messages = (environment: OffloadEnvironment): string[] =>
      preflight({ ...GOOD, ...environment }).map(({ message }) => message);
    const on = {
      CRON_FOLLOWUPS_USE_INNGEST: "1",
      INNGEST_SIGNING_KEY: undefined,
    };
    const says =
      "INNGEST_SIGNING_KEY is not set, and dispatch is on (BACKGROUND_JOBS_USE_INNGEST, CRON_FOLLOWUPS_USE_INNGEST): nothing would run";
    assert.deepEqual(messages(on), [`${says}.`]);
    assert.deepEqual(messages({ ...on, INNGEST_DEV: "1" }), [
      `${says} outside of Inngest's development server.`,
    ]);
  });

  test("the queue needs no key of Inngest", () => {
    assert.deepEqual(
      problems({
        INBOXXIA_EMAIL_SENT_ASYNC: "1",
        INNGEST_EVENT_KEY: undefined,
        INNGEST_SIGNING_KEY: undefined,
      }),
      [],
    );
  });

  test("an override left on", () => {
    assert.deepEqual(problems({ BACKGROUND_JOBS_FORCE_INLINE: "true" }), [
      "override-left-on BACKGROUND_JOBS_FORCE_INLINE",
    ]);
  });
});
