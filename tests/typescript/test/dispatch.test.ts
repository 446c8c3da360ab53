import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";

import { inngest } from "@/lib/inngest/client";
import {
  type DispatchLogLine,
  type DispatchOptions,
  dispatchAppointmentReconcile,
  dispatchAvailability,
  dispatchEmailbisonAvailabilitySlot,
  dispatchFollowups,
  dispatchResponseTiming,
} from "@/lib/inngest/generated/dispatch";

const UUID = "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11";

/** Every flag on, and Inngest configured. */
const ON = {
  CRON_RESPONSE_TIMING_USE_INNGEST: "true",
  CRON_APPOINTMENT_RECONCILE_USE_INNGEST: "true",
  CRON_FOLLOWUPS_USE_INNGEST: "true",
  CRON_AVAILABILITY_USE_INNGEST: "true",
  CRON_EMAILBISON_AVAILABILITY_SLOT_USE_INNGEST: "true",
  INNGEST_EVENT_KEY: "an event key",
  INNGEST_SIGNING_KEY: "a signing key",
};

interface Sent {
  name: string;
  id: string | undefined;
  data: object;
}

let sent: Sent[] = [];
let lines: DispatchLogLine[] = [];

beforeEach(() => {
  sent = [];
  lines = [];
});

afterEach(() => {
  mock.restoreAll();
});

/** A clock that goes on by a minute whenever it is read. */
function clock(...times: string[]): () => Date {
  return () => {
    const time = times.shift();
    assert.ok(time, "the clock is read once too often");
    return new Date(time);
  };
}

function options(rest: Partial<DispatchOptions> = {}): DispatchOptions {
  return {
    now: clock("2026-02-18T05:59:49.123Z", "2026-02-18T06:00:01.456Z"),
    uuid: () => UUID,
    environment: ON,
    send: (events) => {
      sent.push(...events.map(({ name, id, data }) => ({ name, id, data })));
      return Promise.resolve({ ids: ["01PUBLISHED"] });
    },
    log: (line) => {
      lines.push(line);
    },
    ...rest,
  };
}

function get(path: string): Request {
  return new Request(`https://app.example${path}`);
}

async function bodyOf(response: Response | null): Promise<unknown> {
  assert.ok(response);
  assert.match(
    response.headers.get("content-type") ?? "",
    /^application\/json/u,
  );
  assert.equal(response.headers.get("cache-control"), "no-store");
  return response.json();
}

const METADATA = {
  source: "cron/response-timing",
  requestedAt: "2026-02-18T05:59:49.123Z",
  dispatchKey: "cron:response-timing:2026-02-18T05:55",
  correlationId: UUID,
  dispatchWindowStart: "2026-02-18T05:55:00.000Z",
  dispatchWindowSeconds: 300,
};

const EVENT = {
  name: "cron/response-timing.requested",
  id: "cron/response-timing.requested:cron:response-timing:2026-02-18T05:55",
};

describe("the flag", () => {
  for (const value of [undefined, "", " ", "false", "0", "off", "ture"]) {
    test(`null when it is ${JSON.stringify(value)}, and nothing happens`, async () => {
      const response = await dispatchResponseTiming(
        get("/api/cron/response-timing"),
        options({
          now: clock(),
          environment: { ...ON, CRON_RESPONSE_TIMING_USE_INNGEST: value },
        }),
      );
      assert.equal(response, null);
      assert.deepEqual(sent, []);
      assert.deepEqual(lines, []);
    });
  }

  for (const value of ["1", "true", "TRUE", " yes\n", "On"]) {
    test(`a dispatch when it is ${JSON.stringify(value)}`, async () => {
      const response = await dispatchResponseTiming(
        get("/api/cron/response-timing"),
        options({
          environment: { ...ON, CRON_RESPONSE_TIMING_USE_INNGEST: value },
        }),
      );
      assert.equal(response?.status, 202);
      assert.equal(sent.length, 1);
    });
  }
});

test("202: one event, the contract's body, one line in the log", async () => {
  const response = await dispatchResponseTiming(
    get("/api/cron/response-timing"),
    options(),
  );

  assert.equal(response?.status, 202);
  assert.deepEqual(await bodyOf(response), {
    mode: "dispatch-only",
    dispatch: METADATA,
    event: EVENT,
    publishedEventIds: ["01PUBLISHED"],
    timestamp: "2026-02-18T06:00:01.456Z",
  });
  assert.deepEqual(sent, [{ ...EVENT, data: METADATA }]);
  assert.deepEqual(lines, [
    {
      level: "info",
      message: "Dispatched to Inngest.",
      mode: "dispatch-only",
      job: "response-timing",
      ...METADATA,
      events: [EVENT],
      publishedEventIds: ["01PUBLISHED"],
    },
  ]);
});

test("202 without ids, when Inngest gave none", async () => {
  const response = await dispatchResponseTiming(
    get("/api/cron/response-timing"),
    options({ send: () => Promise.resolve({ ids: [] }) }),
  );
  assert.equal(response?.status, 202);
  const body = (await bodyOf(response)) as object;
  assert.ok(!("publishedEventIds" in body));
  assert.ok(lines[0] && !("publishedEventIds" in lines[0]));
});

for (const missing of ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"] as const) {
  test(`503 without ${missing}: nothing is sent`, async () => {
    const response = await dispatchResponseTiming(
      get("/api/cron/response-timing"),
      options({ environment: { ...ON, [missing]: " \n" } }),
    );
    assert.equal(response?.status, 503);
    const { error, ...body } = (await bodyOf(response)) as { error: string };
    assert.match(error, /not configured/u);
    assert.deepEqual(body, {
      mode: "dispatch-misconfigured",
      dispatch: METADATA,
      event: EVENT,
      timestamp: "2026-02-18T06:00:01.456Z",
    });
    assert.deepEqual(sent, []);
    assert.equal(lines.length, 1);
    assert.equal(lines[0]?.level, "error");
    assert.equal(lines[0].mode, "dispatch-misconfigured");
    assert.equal(lines[0].correlationId, UUID);
  });
}

test("the development server needs no keys", async () => {
  const response = await dispatchResponseTiming(
    get("/api/cron/response-timing"),
    options({
      environment: {
        CRON_RESPONSE_TIMING_USE_INNGEST: "1",
        INNGEST_DEV: "1",
      },
    }),
  );
  assert.equal(response?.status, 202);
});

test("503 when the event cannot be sent: the cause is logged, not answered", async () => {
  const response = await dispatchResponseTiming(
    get("/api/cron/response-timing"),
    options({ send: () => Promise.reject(new Error("ECONNREFUSED 10.0.0.7")) }),
  );
  assert.equal(response?.status, 503);
  const { error, ...body } = (await bodyOf(response)) as { error: string };
  assert.doesNotMatch(error, /10\.0\.0\.7/u);
  assert.deepEqual(body, {
    mode: "dispatch-failed",
    dispatch: METADATA,
    event: EVENT,
    timestamp: "2026-02-18T06:00:01.456Z",
  });
  assert.deepEqual(
    lines.map(({ level, mode, error }) => ({ level, mode, error })),
    [
      {
        level: "error",
        mode: "dispatch-failed",
        error: "ECONNREFUSED 10.0.0.7",
      },
    ],
  );
});

test("without options: the platform's clock, ids, environment, client and log", async () => {
  const written: string[] = [];
  mock.method(console, "log", (line: string) => written.push(line));
  mock.method(inngest, "send", (events: Sent[]) => {
    sent.push(...events.map(({ name, id, data }) => ({ name, id, data })));
    return Promise.resolve({ ids: ["01PUBLISHED"] });
  });
  const before = { ...process.env };
  Object.assign(process.env, ON);
  try {
    const start = Date.now();
    const response = await dispatchResponseTiming(
      get("/api/cron/response-timing"),
    );
    assert.equal(response?.status, 202);
    const { dispatch, event } = (await bodyOf(response)) as {
      dispatch: { requestedAt: string; correlationId: string };
      event: object;
    };
    const asked = Date.parse(dispatch.requestedAt);
    assert.ok(asked >= start && asked <= Date.now());
    assert.match(
      dispatch.correlationId,
      /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/u,
    );
    assert.deepEqual(sent, [{ ...event, data: dispatch }]);
    assert.equal(written.length, 1);
    const line = JSON.parse(written[0] ?? "") as DispatchLogLine;
    assert.equal(line.correlationId, dispatch.correlationId);
  } finally {
    process.env = before;
  }
});

describe("parameters", () => {
  async function dispatchWith(query: string): Promise<{
    dispatchKey: string;
    params?: Record<string, string>;
  }> {
    const response = await dispatchAppointmentReconcile(
      get(`/api/cron/appointment-reconcile${query}`),
      options(),
    );
    assert.equal(response?.status, 202);
    const body = (await bodyOf(response)) as {
      dispatch: { dispatchKey: string; params?: Record<string, string> };
      event: { id: string };
    };
    assert.deepEqual(sent[0]?.data, body.dispatch);
    assert.equal(
      body.event.id,
      `cron/appointment-reconcile.requested:${body.dispatch.dispatchKey}`,
    );
    return body.dispatch;
  }

  const SCHEDULED = "cron:appointment-reconcile:2026-02-18T05:59";

  test("none: neither params nor a hash", async () => {
    const { dispatchKey, ...rest } = await dispatchWith("");
    assert.equal(dispatchKey, SCHEDULED);
    assert.ok(!("params" in rest));
  });

  test("allowed ones, trimmed; empty ones are dropped; of repeats the first", async () => {
    const { dispatchKey, params } = await dispatchWith(
      "?staleDays=%20%20&dryRun=%20true%0A&clientId=a&clientId=b&workspaceLimit=",
    );
    assert.deepEqual(params, { clientId: "a", dryRun: "true" });
    // printf '{"clientId":"a","dryRun":"true"}' | sha256sum | cut -c1-16
    assert.equal(dispatchKey, `${SCHEDULED}:cc5925579664cd53`);
  });

  test("the order of the query does not matter", async () => {
    const one = await dispatchWith("?dryRun=true&clientId=a");
    sent = [];
    const other = await dispatchWith("?clientId=a&dryRun=true");
    assert.equal(one.dispatchKey, other.dispatchKey);
  });

  test("what is not allowed is left out, and named in the log", async () => {
    const { dispatchKey, ...rest } = await dispatchWith(
      "?evil=1&__proto__=2&evil=3",
    );
    assert.equal(dispatchKey, SCHEDULED);
    assert.ok(!("params" in rest));
    assert.deepEqual(lines[0]?.ignoredParams, ["evil", "__proto__"]);
  });

  test("an offload without parameters names all of them in the log", async () => {
    const response = await dispatchResponseTiming(
      get("/api/cron/response-timing?dryRun=true"),
      options(),
    );
    assert.deepEqual(sent, [{ ...EVENT, data: METADATA }]);
    assert.equal(response?.status, 202);
    assert.deepEqual(lines[0]?.ignoredParams, ["dryRun"]);
  });
});

test("every dispatcher has its own source, window, key and event", async () => {
  const all = {
    "response-timing": dispatchResponseTiming,
    "appointment-reconcile": dispatchAppointmentReconcile,
    followups: dispatchFollowups,
    availability: dispatchAvailability,
    "emailbison-availability-slot": dispatchEmailbisonAvailabilitySlot,
  };
  for (const [job, dispatch] of Object.entries(all)) {
    sent = [];
    const response = await dispatch(get("/api/cron/any"), options());
    const { dispatch: metadata, event } = (await bodyOf(response)) as {
      dispatch: Record<string, unknown>;
      event: Record<string, unknown>;
    };
    const window = job === "response-timing" ? "05:55" : "05:59";
    const key = `cron:${job}:2026-02-18T${window}`;
    assert.deepEqual(metadata, {
      source: `cron/${job}`,
      requestedAt: "2026-02-18T05:59:49.123Z",
      dispatchKey: key,
      correlationId: UUID,
      dispatchWindowStart: `2026-02-18T${window}:00.000Z`,
      dispatchWindowSeconds: job === "response-timing" ? 300 : 60,
    });
    const name = `cron/${job}.requested`;
    assert.deepEqual(event, { name, id: `${name}:${key}` });
    assert.deepEqual(sent, [{ ...event, data: metadata }]);
  }
});
