/** SDK 4 goes on after a step in the same request, and reports on the way. */
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { client } from "@/everything/client";
import { defineCronOwnSteps } from "@/everything/generated/functions";
import { written as statuses } from "@/everything/status";
import { inngest } from "@/lib/inngest/client";
import { defineCronResponseTiming } from "@/lib/inngest/generated/functions";
import { written } from "@/lib/inngest/job-status";
import { SDK, serve } from "@/sdk";
import { run } from "./engine";
import { RESPONSE_TIMING } from "./events";

beforeEach(() => {
  written.length = 0;
  mock.method(console, "error", () => undefined);
});

const skip = SDK === 3 && "off by default in SDK 3";

test("success: one record of each kind", { skip }, async () => {
  let calls = 0;
  const result = await run({
    serve: serve({
      client: inngest,
      functions: [
        defineCronResponseTiming(() => {
          calls += 1;
          return "done";
        }),
      ],
    }),
    functionId: "cron-response-timing",
    retries: 3,
    event: RESPONSE_TIMING,
    checkpoints: true,
  });
  assert.equal(result.outcome, "completed");
  assert.equal(result.requests, 1, "it went on in the same request");
  assert.equal(calls, 1);
  assert.deepEqual(
    written.map(({ status, attempt }) => [status, attempt]),
    [
      ["running", 0],
      ["succeeded", 0],
    ],
  );
});

test("retries, then success", { skip }, async () => {
  await run({
    serve: serve({
      client: inngest,
      functions: [
        defineCronResponseTiming(({ attempt }) => {
          if (attempt < 2) {
            throw new Error("no luck");
          }
        }),
      ],
    }),
    functionId: "cron-response-timing",
    retries: 3,
    event: RESPONSE_TIMING,
    checkpoints: true,
  });
  assert.deepEqual(
    written.map(({ status, attempt }) => [status, attempt]),
    [
      ["running", 0],
      ["running", 1],
      ["running", 2],
      ["succeeded", 2],
    ],
  );
});

test("retries spent", { skip }, async () => {
  await run({
    serve: serve({
      client: inngest,
      functions: [
        defineCronResponseTiming(() => {
          throw new RangeError("no luck");
        }),
      ],
    }),
    functionId: "cron-response-timing",
    retries: 1,
    event: RESPONSE_TIMING,
    checkpoints: true,
  });
  assert.deepEqual(
    written.map(({ status, attempt }) => [status, attempt]),
    [
      ["running", 0],
      ["running", 1],
      ["failed", 1],
    ],
  );
});

test(
  "own steps: failed has the last attempt of its step",
  { skip },
  async () => {
    statuses.length = 0;
    const result = await run({
      app: "everything",
      serve: serve({
        client,
        functions: [
          defineCronOwnSteps(async ({ step }) => {
            await step.run("one", () => undefined);
            await step.run("two", () => {
              throw new RangeError("no luck");
            });
          }),
        ],
      }),
      functionId: "cron-own-steps",
      retries: 2,
      event: {
        name: "cron/own-steps.requested",
        data: { ...RESPONSE_TIMING.data, source: "cron/own-steps" },
      },
      checkpoints: true,
    });
    assert.equal(result.outcome, "failed");
    assert.deepEqual(
      statuses.map(({ status, attempt }) => [status, attempt]),
      [
        ["running", 0],
        ["failed", 2],
      ],
    );
  },
);
