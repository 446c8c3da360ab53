/** The contract that uses every option of the language, on the real SDK. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { beforeEach, describe, mock, test } from "node:test";

import { client } from "@/everything/client";
import {
  dispatchA,
  dispatch_2fast,
  dispatchDelete,
  dispatchHook,
  dispatchTwoEvents,
  type DispatchLogLine,
  type DispatchOptions,
} from "@/everything/generated/dispatch";
import {
  defineFnA,
  defineCronOwnSteps,
  recordCancelledCronOwnSteps,
  recordCancelledFnA,
} from "@/everything/generated/functions";
import {
  deriveAKeys,
  deriveOwnStepsKeys,
  deriveTwoEventsKeys,
} from "@/everything/generated/keys";
import { functions } from "@/everything/generated/registry";
import { written } from "@/everything/status";
import { NonRetriableError, SDK, serve } from "@/sdk";
import { cancel, run } from "./engine";

const APP = "everything";
const UUID = "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11";
const NOW = "2026-02-18T05:59:49.123Z";

beforeEach(() => {
  written.length = 0;
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: Date.parse(NOW) });
  mock.method(console, "error", () => undefined);
});

function sha256(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

describe("configuration", () => {
  interface Configuration {
    id: string;
    name: string;
    steps: { step: { retries: { attempts: number } } };
    [option: string]: unknown;
  }

  async function register(): Promise<Map<string, Configuration>> {
    const put = serve({ client, functions });
    const response = await put(
      new Request("http://localhost/api/inngest", {
        method: "PUT",
        headers: { host: "localhost", "x-inngest-sync-kind": "in_band" },
        body: JSON.stringify({ url: "http://localhost/api/inngest" }),
      }),
    );
    const body = (await response.json()) as { functions: Configuration[] };
    return new Map(body.functions.map((one) => [one.id, one]));
  }

  test("every option reaches the server as the contract has it", async () => {
    const all = await register();
    const { steps, ...options } = all.get(`${APP}-fn-a`) ?? assert.fail();
    assert.equal(steps.step.retries.attempts, 3);
    assert.deepEqual(options, {
      id: `${APP}-fn-a`,
      name: 'It\'s "A" </script>',
      triggers: [{ event: "a" }],
      concurrency: [
        { limit: 1, key: "'a shared key'", scope: "env" },
        { limit: 1, key: "event.data.dispatchKey" },
      ],
      idempotency: 'event.data.dispatchKey + "it\'s"',
      timeouts: { start: "1h30m", finish: "15m" },
    });

    const own = all.get(`${APP}-cron-own-steps`) ?? assert.fail();
    assert.deepEqual(own["cancel"], [
      {
        event: "a",
        if: "event.data.correlationId == async.data.correlationId",
        timeout: "1h",
      },
      {
        event: "someone/else's.event",
        if: "event.data.dispatchKey == async.data.dispatchKey",
      },
    ]);
    assert.equal(own.steps.step.retries.attempts, 2, "from the defaults");

    const first = all.get(`${APP}-two-first`) ?? assert.fail();
    assert.deepEqual(first["throttle"], {
      limit: 1,
      period: "1m",
      burst: 2,
      key: "event.data.dispatchKey",
    });
    assert.deepEqual(first["priority"], {
      run: "event.data.dispatchKey == 'x' ? 100 : 0",
    });

    const long =
      "two-second-with-an-id-that-is-so-long-that-no-line-of-eighty-columns-holds-it";
    const second = all.get(`${APP}-${long}`) ?? assert.fail();
    assert.deepEqual(second["debounce"], {
      period: "10s",
      timeout: "1m",
      key: "event.data.dispatchKey",
    });
    assert.deepEqual(second["singleton"], {
      mode: "cancel",
      key: "event.data.dispatchKey",
    });

    const hook = all.get(`${APP}-webhook-hook`) ?? assert.fail();
    assert.deepEqual(hook["batchEvents"], {
      maxSize: 10,
      timeout: "5s",
      key: "event.data.dispatchKey",
    });
    assert.equal(hook.steps.step.retries.attempts, 0);

    const fast = all.get(`${APP}-webhook-2fast`) ?? assert.fail();
    assert.deepEqual(fast["rateLimit"], {
      limit: 10,
      period: "1m",
      key: "event.data.dispatchKey",
    });
    const deleted = all.get(`${APP}-delete`) ?? assert.fail();
    assert.deepEqual(deleted["singleton"], { mode: "skip" });
  });

  test("functions that can be cancelled have a recorder, the others none", async () => {
    const all = await register();
    const recorders = [...all.keys()].filter((id) => id.endsWith("-cancelled"));
    assert.deepEqual(recorders.sort(), [
      `${APP}-cron-own-steps-cancelled`,
      `${APP}-fn-a-cancelled`,
      `${APP}-two-second-with-an-id-that-is-so-long-that-no-line-of-eighty-columns-holds-it-cancelled`,
    ]);
    assert.deepEqual(all.get(`${APP}-fn-a-cancelled`)?.["triggers"], [
      {
        event: "inngest/function.cancelled",
        expression: `event.data.function_id == '${APP}-fn-a'`,
      },
    ]);
  });

  test("the environment sets numbers within their bounds", () => {
    const before = process.env["A_RETRIES"];
    try {
      for (const [text, attempts] of [
        ["2", 2],
        [" 1\n", 1],
        ["99", 3],
        ["-5", 0],
        ["", 3],
        ["many", 3],
        ["1.5", 3],
      ] as const) {
        process.env["A_RETRIES"] = text;
        const [made] = [defineFnA(() => undefined)];
        assert.equal((made.opts as { retries: number }).retries, attempts);
      }
    } finally {
      if (before === undefined) {
        Reflect.deleteProperty(process.env, "A_RETRIES");
      } else {
        process.env["A_RETRIES"] = before;
      }
    }
  });
});

const OWN_STEPS = {
  name: "cron/own-steps.requested",
  data: {
    source: "cron/own-steps",
    requestedAt: NOW,
    dispatchKey: "own-steps:3600:2026-02-18T05:00:00.000Z",
    correlationId: UUID,
    dispatchWindowStart: "2026-02-18T05:00:00.000Z",
    dispatchWindowSeconds: 3600,
  },
};

const OWN_FIELDS = {
  jobName: "cron-own-steps",
  dispatchKey: OWN_STEPS.data.dispatchKey,
  correlationId: UUID,
  requestedAt: NOW,
  dispatchWindowStart: "2026-02-18T05:00:00.000Z",
  runId: "01RUN",
};

function at(ms: number): string {
  return new Date(Date.parse(NOW) + ms).toISOString();
}

describe("a handler with its own steps", () => {
  const options = {
    app: APP,
    functionId: "cron-own-steps",
    retries: 2,
    runId: "01RUN",
    event: OWN_STEPS,
  };

  test("success: one record of each kind, over all replays", async () => {
    let bodies = 0;
    const calls: string[] = [];
    const result = await run({
      ...options,
      serve: serve({
        client,
        functions: [
          defineCronOwnSteps(async ({ event, step }) => {
            bodies += 1;
            assert.deepEqual(event.data, OWN_STEPS.data);
            const one = await step.run("one", () => {
              calls.push("one");
              mock.timers.tick(100);
              return 1;
            });
            const [two, three] = await Promise.all([
              step.run("two", () => {
                calls.push("two");
                mock.timers.tick(10);
                return 2;
              }),
              step.run("three", () => {
                calls.push("three");
                mock.timers.tick(10);
                return 3;
              }),
            ]);
            return one + two + three;
          }),
        ],
      }),
    });
    assert.equal(result.outcome, "completed");
    assert.equal(result.output, 6);
    assert.deepEqual(calls, ["one", "two", "three"]);
    assert.ok(bodies > 2, "the body was replayed");
    assert.equal(result.steps.length, 5, "three of its own, two for status");
    assert.deepEqual(written, [
      { ...OWN_FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      {
        ...OWN_FIELDS,
        attempt: 0,
        status: "succeeded",
        startedAt: at(0),
        finishedAt: at(120),
        durationMs: 120,
      },
    ]);
  });

  test("a step that is given up: running once, failed once", async () => {
    let tries = 0;
    const result = await run({
      ...options,
      serve: serve({
        client,
        functions: [
          defineCronOwnSteps(async ({ step }) => {
            await step.run("one", () => {
              mock.timers.tick(50);
            });
            await step.run("two", () => {
              tries += 1;
              mock.timers.tick(50);
              throw new TypeError("no luck");
            });
          }),
        ],
      }),
    });
    assert.equal(result.outcome, "failed");
    assert.equal(tries, 3);
    assert.deepEqual(written, [
      { ...OWN_FIELDS, attempt: 0, status: "running", startedAt: at(0) },
      {
        ...OWN_FIELDS,
        attempt: 2,
        status: "failed",
        startedAt: at(0),
        finishedAt: at(200),
        durationMs: 200,
        error: { name: "TypeError", message: "no luck" },
      },
    ]);
  });

  test("failed has the attempt that was the last", async () => {
    const handlers: [number, Parameters<typeof defineCronOwnSteps>[0]][] = [
      // A step that must not be tried again has failed in its first attempt.
      [
        0,
        async ({ step }) => {
          await step.run("one", () => {
            throw new NonRetriableError("not today");
          });
        },
      ],
      // The handler's own attempts, when it is the handler that fails.
      [
        2,
        async ({ step }) => {
          await step.run("one", () => undefined);
          throw new Error("between steps");
        },
      ],
      // It caught what a step was given up for, and fails itself.
      [
        0,
        async ({ step }) => {
          const done = await step
            .run("one", () => {
              throw new Error("no luck");
            })
            .catch(() => false);
          throw new NonRetriableError(`done: ${String(done)}`);
        },
      ],
    ];
    for (const [attempt, handler] of handlers) {
      written.length = 0;
      const result = await run({
        ...options,
        serve: serve({ client, functions: [defineCronOwnSteps(handler)] }),
      });
      assert.equal(result.outcome, "failed");
      assert.deepEqual(
        written.map((record) => [record.status, record.attempt]),
        [
          ["running", 0],
          ["failed", attempt],
        ],
      );
    }
  });

  test("a handler that throws between its steps is tried again", async () => {
    let bodies = 0;
    const result = await run({
      ...options,
      serve: serve({
        client,
        functions: [
          defineCronOwnSteps(async ({ step }) => {
            await step.run("one", () => undefined);
            bodies += 1;
            if (bodies === 1) {
              throw new Error("between steps");
            }
          }),
        ],
      }),
    });
    assert.equal(result.outcome, "completed");
    assert.deepEqual(
      written.map(({ status }) => status),
      ["running", "succeeded"],
    );
  });
});

test("a cancelled run gets a record of its own", async () => {
  const result = await cancel({
    app: APP,
    functionId: "cron-own-steps",
    retries: 2,
    runId: "01RUN",
    event: OWN_STEPS,
    serve: serve({ client, functions: [recordCancelledCronOwnSteps()] }),
  });
  assert.equal(result.outcome, "completed");
  assert.deepEqual(written, [
    { ...OWN_FIELDS, attempt: 2, status: "cancelled", finishedAt: at(0) },
  ]);
  assert.ok(recordCancelledFnA());
});

describe("keys", () => {
  const instant = new Date(NOW);

  test("a pattern with every kind of text, and two hashes of the parameters", async () => {
    const params = { "9": " x ", "10": "y", "filter[x]": "", constructor: "c" };
    const keys = await deriveAKeys({ instant, params });
    const json = '{"10":"y","9":"x","constructor":"c"}';
    const hash = sha256(json, 64);
    assert.equal(
      keys.dispatchKey,
      `a\`\${x}\`\\:2026-02-18T05:55:00.000Z:${sha256(hash, 8)}:${hash}`,
    );
    const bare = await deriveAKeys({ instant });
    assert.equal(bare.dispatchKey, "a`${x}`\\:2026-02-18T05:55:00.000Z");
  });

  test("a window that the environment sizes, within its bounds", () => {
    for (const [text, seconds] of [
      [undefined, 3600],
      ["120", 120],
      [" 600\n", 600],
      ["1", 60],
      ["999999", 3600],
      ["soon", 3600],
    ] as const) {
      const environment = { OWN_STEPS_WINDOW: text };
      const keys = deriveOwnStepsKeys({ instant, environment });
      assert.equal(keys.windowSeconds, seconds);
      const start = Math.floor(instant.getTime() / seconds / 1000) * seconds;
      const windowStart = new Date(start * 1000).toISOString();
      assert.equal(
        keys.dispatchKey,
        `own-steps:${String(seconds)}:${windowStart}`,
      );
    }
  });

  test("every event has its own id", async () => {
    const keys = await deriveTwoEventsKeys({
      instant,
      params: { tenant: "t" },
    });
    const key = `two:2026-02-18T05:59:${sha256('{"tenant":"t"}', 16)}`;
    assert.equal(keys.dispatchKey, key);
    assert.deepEqual(keys.eventIds, {
      "two/first": `1:two/first:${key}`,
      'two/second\'s "quoted" `${event}`': `two/second's "quoted" \`\${event}\`:${key}`,
    });
  });
});

describe("dispatch", () => {
  interface Sent {
    name: string;
    id: string | undefined;
    data: object;
  }

  let sent: Sent[][] = [];
  let lines: DispatchLogLine[] = [];

  beforeEach(() => {
    sent = [];
    lines = [];
  });

  const environment = {
    EVERYTHING_ELSE: "x",
    CRON_TWO_EVENTS_USE_INNGEST: "1",
    WEBHOOK_HOOK_USE_INNGEST: "1",
    WEBHOOK_2FAST_USE_INNGEST: "1",
    INNGEST_EVENT_KEY: "a",
    INNGEST_SIGNING_KEY: "b",
  };

  const options: DispatchOptions = {
    uuid: () => UUID,
    environment,
    send: (events) => {
      sent.push(events.map(({ name, id, data }) => ({ name, id, data })));
      return Promise.resolve({ ids: [] });
    },
    log: (line) => {
      lines.push(line);
    },
  };

  function request(query = ""): Request {
    return new Request(`https://app.example/any${query}`);
  }

  async function bodyOf(response: Response | null): Promise<unknown> {
    assert.ok(response);
    return response.json();
  }

  const WINDOW = {
    dispatchWindowStart: "2026-02-18T05:59:00.000Z",
    dispatchWindowSeconds: 60,
  };

  test("two events go out at once, and the answer names both", async () => {
    const response = await dispatchTwoEvents(request("?tenant=t"), options);
    assert.equal(response?.status, 202);
    const key = `two:2026-02-18T05:59:${sha256('{"tenant":"t"}', 16)}`;
    const metadata = {
      source: "cron/two-events",
      requestedAt: NOW,
      dispatchKey: key,
      correlationId: UUID,
      ...WINDOW,
      params: { tenant: "t" },
    };
    const name = 'two/second\'s "quoted" `${event}`';
    const events = [
      { name: "two/first", id: `1:two/first:${key}` },
      { name, id: `${name}:${key}` },
    ];
    assert.deepEqual(await bodyOf(response), {
      mode: "queued 'soon'",
      "dispatched-metadata": metadata,
      events,
      publishedEventIds: [],
      timestamp: NOW,
    });
    assert.deepEqual(sent, [events.map((one) => ({ ...one, data: metadata }))]);
    assert.equal(lines.length, 1);
    assert.deepEqual(lines[0]?.events, events);
  });

  test("an answer holds what the contract lists for it, and no more", async () => {
    const failing = () => Promise.reject(new Error("no"));
    const failed = await dispatchTwoEvents(request(), {
      ...options,
      send: failing,
    });
    assert.equal(failed?.status, 502);
    const body = (await bodyOf(failed)) as Record<string, object>;
    assert.equal(body["mode"], "not-sent");
    assert.deepEqual(Object.keys(body["dispatched-metadata"] ?? {}), [
      "source",
      "requestedAt",
      "dispatchKey",
      "correlationId",
    ]);
    assert.ok(!("publishedEventIds" in body));

    const unset = { ...environment, INNGEST_EVENT_KEY: "" };
    const misconfigured = await dispatchTwoEvents(request(), {
      ...options,
      environment: unset,
    });
    assert.equal(misconfigured?.status, 503);
    const { events } = (await bodyOf(misconfigured)) as { events: object[] };
    assert.deepEqual(
      events.map((event) => Object.keys(event)),
      [["id"], ["id"]],
    );
  });

  test("a webhook without a window: what the route tells, and defaults", async () => {
    const response = await dispatchHook(request(), {
      ...options,
      input: {
        text: "abc",
        nothing: null,
        "hyphen-ated": "h",
        point: { x: 1, y: null },
        choice: 'say "x"',
        mapOfLists: { k: [{ x: 2 }] },
      },
    });
    assert.equal(response?.status, 202);
    const base = {
      source: "webhook/hook",
      requestedAt: NOW,
      dispatchKey: `webhook:hook:${UUID}`,
      correlationId: UUID,
    };
    assert.deepEqual(sent[0]?.[0]?.data, {
      ...base,
      text: "abc",
      nothing: null,
      whole: 3,
      yes: true,
      choice: 'say "x"',
      "hyphen-ated": "h",
      point: { x: 1, y: null },
      mapOfLists: { k: [{ x: 2 }] },
    });
    const body = (await bodyOf(response)) as Record<string, unknown>;
    assert.deepEqual(body["dispatched-metadata"], base);
  });

  test("what a route does not tell is absent, also under names of objects' methods", async () => {
    const environment = {
      ...options.environment,
      CRON_DELETE_USE_INNGEST: "on",
    };
    await dispatchDelete(request(), { ...options, environment });
    const data = sent[0]?.[0]?.data ?? assert.fail();
    for (const name of ["constructor", "toString", "params"]) {
      assert.ok(!Object.hasOwn(data, name), name);
    }
  });

  test("names that need care: digits first, a reserved word, a long flag", async () => {
    assert.equal((await dispatch_2fast(request(), options))?.status, 202);
    assert.equal(sent[0]?.[0]?.name, "webhook/2fast.received");
    assert.equal((await dispatchA(request(), options))?.status, 202);
    const stop = { ...environment, EVERYTHING_STOP: "on" };
    const stopped = await dispatchA(request(), {
      ...options,
      environment: stop,
    });
    assert.equal(stopped, null);
  });
});

test(
  "SDK 4 checks the data of an event before it is sent",
  { skip: SDK === 3 && "events have no schema in SDK 3" },
  async () => {
    const events = (await import("@/everything/generated/events")) as Record<
      string,
      unknown
    >;
    const { schema } = events[
      "hookReceivedWithANameThatIsSoLongThatNoLineOfEightyColumnsHoldsItsConstantEvent"
    ] as {
      schema: {
        "~standard": {
          validate: (value: unknown) => {
            issues?: { path: string[]; message: string }[];
          };
        };
      };
    };
    const good = {
      source: "webhook/hook",
      requestedAt: NOW,
      dispatchKey: "k",
      correlationId: UUID,
    };
    const faults = (rest: object): string[] => {
      const result = schema["~standard"].validate({ ...good, ...rest });
      return (result.issues ?? []).map(({ path }) => path.join("."));
    };
    for (const fine of [
      {},
      { text: "abc", nothing: null, whole: 0, yes: false, day: "2024-02-29" },
      { link: "https://example.com/x", anything: null, choice: "</script>" },
      { list: ["a", "b"], listOfLists: [[1], []], listOfChoices: ["x"] },
      { labels: { a: "b" }, mapOfLists: { k: [{ x: -1.5 }] }, point: null },
      { point: { x: 9.5, y: 10 }, "hyphen-ated": "" },
      { points: [{ x: 0.3 }, { x: 0.7 }, { x: -1.1 }, { x: 0 }] },
      { inline: { deep: { value: "p", maybe: null }, "odd key": true } },
      { extra: "is let through" },
    ]) {
      assert.deepEqual(faults(fine), [], JSON.stringify(fine));
    }
    for (const [wrong, path] of [
      [{ source: 1 }, "source"],
      [{ source: undefined }, "source"],
      [{ requestedAt: "2026-02-18 05:59" }, "requestedAt"],
      [{ requestedAt: "2026-02-30T00:00:00Z" }, "requestedAt"],
      [{ correlationId: "x" }, "correlationId"],
      [{ text: "" }, "text"],
      [{ text: "a".repeat(21) }, "text"],
      [{ text: "ABC" }, "text"],
      [{ text: null }, "text"],
      [{ whole: 1.5 }, "whole"],
      [{ whole: -1 }, "whole"],
      [{ yes: "true" }, "yes"],
      [{ day: "2023-02-29" }, "day"],
      [{ day: "2023-2-1" }, "day"],
      [{ link: "not a url" }, "link"],
      [{ choice: "b" }, "choice"],
      [{ nullableChoice: "off" }, "nullableChoice"],
      [{ list: [] }, "list"],
      [{ list: ["a", "a"] }, "list"],
      [{ list: ["a", 1] }, "list.1"],
      [{ listOfLists: [[1, "2"]] }, "listOfLists.0.1"],
      [{ labels: {} }, "labels"],
      [{ labels: { a: 1 } }, "labels.a"],
      [{ labels: [] }, "labels"],
      [{ mapOfLists: { k: [{}] } }, "mapOfLists.k.0.x"],
      [{ point: { x: -2 } }, "point.x"],
      [{ point: { x: 10 } }, "point.x"],
      [{ point: { x: 0.35 } }, "point.x"],
      [{ point: { x: 0.300000001 } }, "point.x"],
      [{ point: { x: 1, y: -10 } }, "point.y"],
      [{ inline: { deep: {}, "odd key": true } }, "inline.deep.value"],
      [{ inline: { deep: { value: "p" }, "odd key": 1 } }, "inline.odd key"],
    ] as const) {
      assert.deepEqual(faults(wrong), [path], JSON.stringify(wrong));
    }
    for (const value of [null, undefined, 1, "x", []]) {
      assert.ok(schema["~standard"].validate(value).issues);
    }
  },
);
