import assert from "node:assert/strict";
import { beforeEach, describe, mock, test } from "node:test";

import { inngest } from "@/lib/inngest/client";
import {
  defineCronAppointmentReconcile,
  defineCronResponseTiming,
  type JobHandler,
} from "@/lib/inngest/generated/functions";
import { functions } from "@/lib/inngest/generated/registry";
import type { CronDispatchEventData } from "@/lib/inngest/generated/events";
import { breakWriter, written } from "@/lib/inngest/job-status";
import { NonRetriableError, serve } from "@/sdk";
import { type RunOptions, type RunResult, run } from "./engine";
import { RESPONSE_TIMING } from "./events";

const RETRIES = 3;
const BEGIN = Date.parse("2026-02-18T05:59:49.000Z");

const DATA: CronDispatchEventData = RESPONSE_TIMING.data;

/** What every record of a run of this event holds. */
const FIELDS = {
  jobName: "cron-response-timing",
  dispatchKey: DATA.dispatchKey,
  correlationId: DATA.correlationId,
  requestedAt: DATA.requestedAt,
  runId: "01RUN",
};

let errors: string[] = [];

beforeEach(() => {
  written.length = 0;
  breakWriter(undefined);
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: BEGIN });
  errors = [];
  mock.method(console, "error", (line: string) => errors.push(line));
});

function runResponseTiming(
  handler: JobHandler<CronDispatchEventData>,
  rest: Partial<RunOptions> = {},
): Promise<RunResult> {
  return run({
    serve: serve({
      client: inngest,
      functions: [defineCronResponseTiming(handler)],
    }),
    functionId: "cron-response-timing",
    retries: RETRIES,
    runId: FIELDS.runId,
    event: { ...RESPONSE_TIMING, ts: BEGIN },
    ...rest,
  });
}

function at(ms: number): string {
  return new Date(BEGIN + ms).toISOString();
}

describe("a handler as one step", () => {
  test("success: running once, succeeded once, with the time of the work", async () => {
    const contexts: unknown[] = [];
    const result = await runResponseTiming(async (context) => {
      contexts.push(context);
      mock.timers.tick(1200);
      await Promise.resolve();
      return { rows: 7 };
    });

    assert.equal(result.outcome, "completed");
    assert.deepEqual(result.output, { rows: 7 });
    assert.equal(result.steps.length, 1, "one step, and no more to be billed");
    assert.equal(contexts.length, 1);
    const [context] = contexts as Parameters<
      JobHandler<CronDispatchEventData>
    >[];
    assert.ok(context);
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      {
        ...FIELDS,
        attempt: 0,
        status: "succeeded",
        startedAt: at(0),
        finishedAt: at(1200),
        durationMs: 1200,
      },
    ]);
  });

  test("the handler is given the event, the run and the attempt", async () => {
    await runResponseTiming(({ event, runId, attempt }) => {
      assert.deepEqual(event.data, DATA);
      assert.equal(event.name, "cron/response-timing.requested");
      assert.equal(event.id, RESPONSE_TIMING.id);
      assert.equal(event.ts, BEGIN);
      assert.equal(runId, FIELDS.runId);
      assert.equal(attempt, 0);
    });
    assert.equal(written.at(-1)?.status, "succeeded");
  });

  test("a retry: running for each attempt, and one end", async () => {
    const result = await runResponseTiming(({ attempt }) => {
      mock.timers.tick(500);
      if (attempt < 2) {
        throw new Error(`no luck ${String(attempt)}`);
      }
    });

    assert.equal(result.outcome, "completed");
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      { ...FIELDS, attempt: 1, status: "running", startedAt: at(500) },
      { ...FIELDS, attempt: 2, status: "running", startedAt: at(1000) },
      {
        ...FIELDS,
        attempt: 2,
        status: "succeeded",
        startedAt: at(1000),
        finishedAt: at(1500),
        durationMs: 500,
      },
    ]);
  });

  test("retries spent: failed once, with the time of the last attempt", async () => {
    let calls = 0;
    const result = await runResponseTiming(() => {
      calls += 1;
      mock.timers.tick(700);
      throw new TypeError(`no luck ${String(calls)}`);
    });

    assert.equal(result.outcome, "failed");
    assert.equal(calls, RETRIES + 1);
    assert.equal(result.error?.message, "no luck 4");
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      { ...FIELDS, attempt: 1, status: "running", startedAt: at(700) },
      { ...FIELDS, attempt: 2, status: "running", startedAt: at(1400) },
      { ...FIELDS, attempt: 3, status: "running", startedAt: at(2100) },
      {
        ...FIELDS,
        attempt: 3,
        status: "failed",
        startedAt: at(2100),
        finishedAt: at(2800),
        durationMs: 700,
        error: { name: "TypeError", message: "no luck 4" },
      },
    ]);
  });

  test("an error that must not be retried: failed at once", async () => {
    const result = await runResponseTiming(() => {
      mock.timers.tick(40);
      throw new NonRetriableError("not today");
    });

    assert.equal(result.outcome, "failed");
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      {
        ...FIELDS,
        attempt: 0,
        status: "failed",
        startedAt: at(0),
        finishedAt: at(40),
        durationMs: 40,
        error: { name: "NonRetriableError", message: "not today" },
      },
    ]);
  });

  test("an output that is no JSON fails the work, before it counts as done", async () => {
    const result = await runResponseTiming(() => 1n);
    assert.equal(result.outcome, "failed");
    assert.deepEqual(
      written.map(({ status, attempt }) => [status, attempt]),
      [
        ["running", 0],
        ["running", 1],
        ["running", 2],
        ["running", 3],
        ["failed", 3],
      ],
    );
  });

  for (const [what, thrown] of [
    ["a text", "a text"],
    ["undefined", undefined],
    ["a frozen error", Object.freeze(new Error("ice"))],
  ] as const) {
    test(`whatever is thrown, one failed record: ${what}`, async () => {
      const result = await runResponseTiming(() => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        throw thrown;
      });
      assert.equal(result.outcome, "failed");
      const ends = written.filter(({ status }) => status !== "running");
      assert.deepEqual(
        ends.map(({ status, attempt }) => [status, attempt]),
        [["failed", RETRIES]],
      );
      assert.equal(written.length, RETRIES + 2);
    });
  }

  test("a worker that dies once: the attempt after it ends the run", async () => {
    let die = (): void => undefined;
    const result = await runResponseTiming(
      ({ attempt }) => {
        mock.timers.tick(300);
        if (attempt === 0) {
          die();
          return new Promise(() => undefined);
        }
        return undefined;
      },
      {
        death: (request) =>
          request === 1
            ? new Promise((resolve) => {
                die = () => {
                  resolve();
                };
              })
            : undefined,
      },
    );

    assert.equal(result.outcome, "completed");
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      { ...FIELDS, attempt: 1, status: "running", startedAt: at(300) },
      {
        ...FIELDS,
        attempt: 1,
        status: "succeeded",
        startedAt: at(300),
        finishedAt: at(600),
        durationMs: 300,
      },
    ]);
  });

  test("a worker that dies every time: failed is written all the same", async () => {
    const die: (() => void)[] = [];
    const result = await runResponseTiming(
      () => {
        mock.timers.tick(100);
        die.at(-1)?.();
        return new Promise(() => undefined);
      },
      {
        death: () =>
          new Promise((resolve) => {
            die.push(resolve);
          }),
      },
    );

    assert.equal(result.outcome, "failed");
    assert.deepEqual(written, [
      { ...FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      { ...FIELDS, attempt: 1, status: "running", startedAt: at(100) },
      { ...FIELDS, attempt: 2, status: "running", startedAt: at(200) },
      { ...FIELDS, attempt: 3, status: "running", startedAt: at(300) },
      {
        ...FIELDS,
        attempt: 3,
        status: "failed",
        finishedAt: at(400),
        error: {
          name: "Error",
          message: "The connection was closed before an answer came.",
        },
      },
    ]);
  });

  test("a writer that throws neither fails nor repeats the work", async () => {
    breakWriter(new Error("no database"));
    let calls = 0;
    const result = await runResponseTiming(() => {
      calls += 1;
      return "done";
    });

    assert.equal(result.outcome, "completed");
    assert.equal(result.output, "done");
    assert.equal(calls, 1);
    assert.equal(errors.length, 2);
    for (const [index, status] of ["running", "succeeded"].entries()) {
      const line = JSON.parse(errors[index] ?? "") as Record<string, unknown>;
      assert.equal(line["level"], "error");
      assert.equal(line["status"], status);
      assert.equal(line["runId"], FIELDS.runId);
      assert.equal(line["cause"], "no database");
    }
  });

  test("a writer that throws does not hide why the work failed", async () => {
    breakWriter(new Error("no database"));
    const result = await runResponseTiming(() => {
      throw new Error("the work");
    });
    assert.equal(result.outcome, "failed");
    assert.equal(result.error?.message, "the work");
    const last = JSON.parse(errors.at(-1) ?? "") as Record<string, unknown>;
    assert.equal(last["status"], "failed");
    assert.deepEqual(last["error"], { name: "Error", message: "the work" });
  });

  test("parameters reach the handler", async () => {
    let seen: unknown;
    const result = await run({
      serve: serve({
        client: inngest,
        functions: [
          defineCronAppointmentReconcile(({ event }) => {
            seen = event.data.params?.dryRun;
          }),
        ],
      }),
      functionId: "cron-appointment-reconcile",
      retries: RETRIES,
      event: {
        name: "cron/appointment-reconcile.requested",
        data: { ...DATA, params: { dryRun: "true" } },
      },
    });
    assert.equal(result.outcome, "completed");
    assert.equal(seen, "true");
  });
});

test("a stub fails loudly, at once, and says which file to fill", async () => {
  const result = await run({
    serve: serve({ client: inngest, functions }),
    functionId: "cron-followups",
    retries: RETRIES,
    runId: FIELDS.runId,
    event: { name: "cron/followups.requested", data: DATA },
  });
  assert.equal(result.outcome, "failed");
  assert.match(result.error?.message ?? "", /cron-followups.*followups\.ts/u);
  assert.deepEqual(
    written.map(({ status }) => status),
    ["running", "failed"],
  );
});
