/**
 * The application in APP, as it runs, agrees with the contract: keys and ids with the committed
 * vectors, bodies and payloads with the schemas, functions with what is registered and written.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { NextRequest } from "next/server.js";

import { run } from "../test/engine";

type Json = Record<string, unknown>;
type Handler = (request: NextRequest) => Promise<Response>;

interface Vector {
  contract: "everything" | "own";
  offload: string;
  at: number;
  params: [string, string][];
  window: { start: string; minute: string; seconds: number };
  dispatchKey: string;
  events: [string, string][];
}

interface Outgoing {
  name: string;
  id: string;
  data: Json;
}

interface DatabaseCall {
  model: string;
  method: string;
  args: { create?: Json };
}

const state = globalThis as unknown as {
  databaseCalls: DatabaseCall[];
  databaseFault: ((model: string, method: string) => void) | undefined;
};

const APP = process.env["APP"] ?? "";
const FOLDER = join(import.meta.dirname, "../.build/conform", APP);
const ROOT = join(import.meta.dirname, "../../..");
const SCHEMAS = join(ROOT, "generated/lib/inngest/generated/schemas");
const SECRET = "a cron secret";

const ROUTES: Record<string, string> = {
  "background-jobs": "cron/background-jobs",
  "response-timing": "cron/response-timing",
  "appointment-reconcile": "cron/appointment-reconcile",
  followups: "cron/followups",
  availability: "cron/availability",
  "emailbison-availability-slot": "cron/emailbison/availability-slot",
};
const CONVERTED = Object.keys(ROUTES).slice(1);
const FUNCTIONS = [
  ["process-background-jobs", "background/process.requested"],
  ["background-maintenance", "background/maintenance.requested"],
  ...CONVERTED.map((job) => [`cron-${job}`, `cron/${job}.requested`]),
] as [string, string][];

const flagOf = (job: string) =>
  job === "background-jobs"
    ? "BACKGROUND_JOBS_USE_INNGEST"
    : `CRON_${job.replaceAll("-", "_").toUpperCase()}_USE_INNGEST`;

const KEYS = { INNGEST_EVENT_KEY: "a key", INNGEST_SIGNING_KEY: "another" };

const vectors = (
  JSON.parse(
    readFileSync(join(ROOT, "tests/vectors/keys.json"), "utf8"),
  ) as Vector[]
).filter(({ contract, at }) => contract === "own" && at >= 0);

const load = async (file: string) =>
  (await import(join(FOLDER, file))) as Record<string, unknown>;

const routes = new Map<string, Record<string, Handler>>();
for (const [job, path] of Object.entries(ROUTES)) {
  const module = await load(`app/api/${path}/route.ts`);
  routes.set(job, module as Record<string, Handler>);
}
const { inngest } = (await load("lib/inngest/client.ts")) as {
  inngest: { id: string; send: (events: unknown) => Promise<Json> };
};
const { PUT, POST } = (await load("app/api/inngest/route.ts")) as Record<
  "PUT" | "POST",
  (request: Request) => Promise<Response>
>;

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
const validators = new Map<string, ReturnType<Ajv2020["compile"]>>();
function valid(schema: string, value: unknown): void {
  let validate = validators.get(schema);
  if (validate === undefined) {
    const text = readFileSync(join(SCHEMAS, `${schema}.schema.json`), "utf8");
    validate = ajv.compile(JSON.parse(text) as Json);
    validators.set(schema, validate);
  }
  assert.ok(validate(value), JSON.stringify([value, validate.errors]));
}

let sent: Outgoing[] = [];
let answer: () => Json = () => ({ ids: ["01PUBLISHED"] });
const inherited = { ...process.env };

beforeEach(() => {
  sent = [];
  answer = () => ({ ids: ["01PUBLISHED"] });
  state.databaseCalls.length = 0;
  state.databaseFault = undefined;
  for (const level of ["log", "info", "warn", "error"] as const) {
    mock.method(console, level, () => undefined);
  }
  mock.method(inngest, "send", (events: Outgoing | Outgoing[]) => {
    sent.push(...[events].flat());
    return new Promise((resolve) => {
      resolve(answer());
    });
  });
});

afterEach(() => {
  mock.restoreAll();
  mock.timers.reset();
  process.env = { ...inherited };
});

async function call(
  job: string,
  environment: Record<string, string | undefined>,
  {
    query = "",
    authorization = `Bearer ${SECRET}`,
    method = "GET",
  }: { query?: string; authorization?: string; method?: string } = {},
): Promise<{ status: number; body: Json }> {
  const usual = { CRON_SECRET: SECRET, INNGEST_DEV: "" };
  const values: Record<string, string | undefined> = {
    ...usual,
    ...environment,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = value;
    }
  }
  const url = `https://app.example/api/${String(ROUTES[job])}${query}`;
  const request = new NextRequest(url, {
    method,
    headers: authorization === "" ? {} : { authorization },
  });
  const response = await routes.get(job)?.[method]?.(request);
  assert.ok(response, `${job} has no ${method}`);
  return { status: response.status, body: (await response.json()) as Json };
}

/** For two events there is no schema: they stand in the body as the compiler's own code puts them. */
function checkBody(job: string, body: Json): void {
  if (job !== "background-jobs") {
    valid(`responses/${job}`, body);
    return;
  }
  const { mode, dispatch, events, publishedEventIds, error, ...rest } = body;
  assert.equal(publishedEventIds === undefined, mode !== "dispatch-only");
  assert.equal(error === undefined, mode === "dispatch-only");
  assert.deepEqual(Object.keys(rest), ["timestamp"]);
  valid("payloads/BackgroundDispatchEventData", dispatch);
  for (const event of events as Json[]) {
    assert.deepEqual(Object.keys(event), ["name", "id"]);
  }
}

describe(`${APP}: keys, ids, payloads and bodies`, () => {
  for (const vector of vectors) {
    const { offload: job, at, params } = vector;
    test(`${job} at ${new Date(at).toISOString()} ${JSON.stringify(params)}`, async () => {
      mock.timers.enable({ apis: ["Date"], now: at });
      const query = `?${new URLSearchParams(params).toString()}`;
      const { status, body } = await call(
        job,
        { ...KEYS, [flagOf(job)]: " Yes\n" },
        { query, method: params.length === 0 ? "POST" : "GET" },
      );
      assert.equal(status, 202);
      assert.deepEqual(
        sent.map(({ name, id }) => [name, id]),
        vector.events,
      );
      for (const { name, data } of sent) {
        valid(`events/${name.replace("/", ".")}`, data);
        assert.deepEqual(data, body["dispatch"]);
        assert.equal(data["source"], `cron/${job}`);
        assert.equal(data["requestedAt"], new Date(at).toISOString());
        assert.equal(data["dispatchKey"], vector.dispatchKey);
        assert.equal(data["dispatchWindowStart"], vector.window.start);
        assert.equal(data["dispatchWindowSeconds"], vector.window.seconds);
      }
      assert.equal(body["mode"], "dispatch-only");
      checkBody(job, body);
      assert.deepEqual(state.databaseCalls, []);
    });
  }
});

describe(`${APP}: what else a route answers`, () => {
  for (const job of Object.keys(ROUTES)) {
    const on = { ...KEYS, [flagOf(job)]: "on" };

    test(`${job}: a key without its pair, and no key`, async () => {
      for (const missing of Object.keys(KEYS)) {
        const { status, body } = await call(job, { ...on, [missing]: " " });
        assert.equal(status, 503);
        assert.equal(body["mode"], "dispatch-misconfigured");
        checkBody(job, body);
      }
      assert.deepEqual([sent, state.databaseCalls], [[], []]);
      const dev = { ...on, INNGEST_DEV: "1", INNGEST_SIGNING_KEY: undefined };
      assert.equal((await call(job, dev)).status, 202);
    });

    test(`${job}: Inngest cannot be reached`, async () => {
      answer = () => {
        throw new Error("fetch failed");
      };
      const { status, body } = await call(job, on);
      assert.equal(status, 503);
      assert.equal(body["mode"], "dispatch-failed");
      checkBody(job, body);
      assert.deepEqual(state.databaseCalls, []);
    });

    test(`${job}: inline while the flag is off`, async () => {
      for (const value of [undefined, "", "0", "false", "y", "enabled"]) {
        const flag = { ...KEYS, [flagOf(job)]: value };
        const rest = { INNGEST_EVENT_KEY: undefined };
        const { status, body } = await call(job, { ...flag, ...rest });
        assert.equal(status, 200, String(value));
        assert.equal(body["mode"], undefined);
      }
      assert.deepEqual(sent, []);
      assert.notEqual(state.databaseCalls.length, 0);
    });

    test(`${job}: only callers with the secret`, async () => {
      const wrong = ["", "Bearer", "Bearer undefined", SECRET, `bearer x`];
      for (const authorization of wrong) {
        for (const secret of [SECRET, "", undefined]) {
          const environment = { ...on, CRON_SECRET: secret };
          const { status } = await call(job, environment, { authorization });
          assert.equal(status, 401, authorization);
        }
      }
      assert.deepEqual([sent, state.databaseCalls], [[], []]);
    });
  }

  test("background-jobs: the older condition, and what overrides it", async () => {
    const cases: [Record<string, string | undefined>, boolean][] = [
      [{ ...KEYS }, true],
      [{ ...KEYS, BACKGROUND_JOBS_USE_INNGEST: " " }, true],
      [{ ...KEYS, BACKGROUND_JOBS_USE_INNGEST: "false" }, false],
      [{ ...KEYS, BACKGROUND_JOBS_FORCE_INLINE: "YES" }, false],
      [
        {
          ...KEYS,
          BACKGROUND_JOBS_USE_INNGEST: "1",
          BACKGROUND_JOBS_FORCE_INLINE: "1",
        },
        false,
      ],
      [{ ...KEYS, BACKGROUND_JOBS_FORCE_INLINE: "0" }, true],
    ];
    for (const [environment, dispatches] of cases) {
      const names = ["USE_INNGEST", "FORCE_INLINE"];
      const unset = names.map((name) => [`BACKGROUND_JOBS_${name}`, undefined]);
      const all = { ...Object.fromEntries(unset), ...environment } as Json;
      const { status } = await call(
        "background-jobs",
        all as Record<string, string | undefined>,
      );
      assert.equal(status, dispatches ? 202 : 200, JSON.stringify(environment));
    }
  });

  test("email-sent: into the queue when the flag is on", async () => {
    const { POST: post } = (await load("app/api/webhooks/email/route.ts")) as {
      POST: Handler;
    };
    process.env["EMAIL_WEBHOOK_SECRET"] = SECRET;
    for (const [value, queued] of [
      ["TRUE", true],
      [" yes ", true],
      ["false", false],
      [undefined, false],
    ] as const) {
      if (value === undefined) {
        delete process.env["INBOXXIA_EMAIL_SENT_ASYNC"];
      } else {
        process.env["INBOXXIA_EMAIL_SENT_ASYNC"] = value;
      }
      state.databaseCalls.length = 0;
      const response = await post(
        new NextRequest("https://app.example/api/webhooks/email", {
          method: "POST",
          headers: { "x-webhook-secret": SECRET },
          body: JSON.stringify({
            id: "1",
            type: "EMAIL_SENT",
            leadId: "2",
            sentAt: "2026-02-18T05:59:49.000Z",
          }),
        }),
      );
      assert.equal(response.status, 200);
      const models = state.databaseCalls.map(({ model }) => model);
      assert.equal(models.includes("webhookEvent"), queued);
      assert.equal(models.includes("message"), !queued);
    }
  });
});

/** A number, an entry and a list of one entry are the same to the server. */
function limits(concurrency: unknown): unknown {
  const [one] = [concurrency].flat();
  return typeof one === "number" ? { limit: one } : one;
}

describe(`${APP}: functions`, () => {
  test("serve() registers what the contract says, and nothing else", async () => {
    process.env["INNGEST_DEV"] = "1";
    const response = await PUT(
      new NextRequest("http://localhost/api/inngest", {
        method: "PUT",
        headers: { host: "localhost", "x-inngest-sync-kind": "in_band" },
        body: JSON.stringify({ url: "http://localhost/api/inngest" }),
      }),
    );
    const { functions } = (await response.json()) as { functions: Json[] };
    const seen = functions
      .filter(({ id }) => !String(id).endsWith("-failure"))
      .map(({ id, triggers, concurrency, idempotency, steps }) => [
        String(id).replace(`${inngest.id}-`, ""),
        triggers,
        limits(concurrency),
        idempotency,
        (steps as { step: Json }).step["retries"] ?? null,
      ])
      .sort();
    const expected = FUNCTIONS.map(([id, event]) => [
      id,
      [{ event }],
      { limit: 1 },
      "event.data.dispatchKey",
      { attempts: 3 },
    ]).sort();
    const claimed = (rows: unknown[][]) =>
      rows.map((row) =>
        // The contract claims nothing of the retries of code that exists.
        String(row[0]).startsWith("cron-") ? row : row.slice(0, 4),
      );
    assert.deepEqual(claimed(seen), claimed(expected));
  });

  const data = {
    source: "cron/some",
    requestedAt: "2026-02-18T05:59:49.000Z",
    dispatchKey: "cron:some:2026-02-18T05:59",
    correlationId: "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11",
    dispatchWindowStart: "2026-02-18T05:59:00.000Z",
    dispatchWindowSeconds: 60,
  };
  const records = () =>
    state.databaseCalls
      .filter(({ model }) => model === "inngestJobRun")
      .flatMap(({ args }) => (args.create === undefined ? [] : [args.create]));

  for (const [functionId, name] of FUNCTIONS) {
    test(`${functionId}: status of a run that ends well, and of one that does not`, async () => {
      process.env["INNGEST_DEV"] = "1";
      const options = {
        serve: (request: Request) => POST(new NextRequest(request)),
        app: inngest.id,
        functionId,
        retries: 3,
        event: { name, data },
      };
      const good = await run(options);
      assert.equal(good.outcome, "completed");
      const done = records();
      assert.deepEqual(
        done.map(({ status }) => status),
        ["running", "succeeded"],
      );

      state.databaseCalls.length = 0;
      state.databaseFault = (model) => {
        if (model !== "inngestJobRun") {
          throw new Error("The database is down.");
        }
      };
      const bad = await run(options);
      assert.equal(bad.outcome, "failed");
      const failed = records();
      assert.equal(failed[0]?.["status"], "running");
      assert.equal(failed.at(-1)?.["status"], "failed");
      for (const [record, { runId }] of [
        ...done.map((record) => [record, good] as const),
        ...failed.map((record) => [record, bad] as const),
      ]) {
        assert.deepEqual(
          [record["jobName"], record["runId"]],
          [functionId, runId],
        );
        assert.equal(typeof record["attempt"], "number");
        for (const field of ["dispatchKey", "correlationId", "requestedAt"]) {
          assert.equal(record[field], data[field as keyof typeof data]);
        }
      }
    });
  }
});
