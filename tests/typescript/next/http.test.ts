/** The built application over HTTP: every route, in every state that production can be in. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";

const SECRET = "a secret";

const CRON: Record<string, { route: string; flag: string; seconds: number }> = {
  "background-jobs": {
    route: "/api/cron/background-jobs",
    flag: "BACKGROUND_JOBS_USE_INNGEST",
    seconds: 60,
  },
  "response-timing": {
    route: "/api/cron/response-timing",
    flag: "CRON_RESPONSE_TIMING_USE_INNGEST",
    seconds: 300,
  },
  "appointment-reconcile": {
    route: "/api/cron/appointment-reconcile",
    flag: "CRON_APPOINTMENT_RECONCILE_USE_INNGEST",
    seconds: 60,
  },
  followups: {
    route: "/api/cron/followups",
    flag: "CRON_FOLLOWUPS_USE_INNGEST",
    seconds: 60,
  },
  availability: {
    route: "/api/cron/availability",
    flag: "CRON_AVAILABILITY_USE_INNGEST",
    seconds: 60,
  },
  "emailbison-availability-slot": {
    route: "/api/cron/emailbison/availability-slot",
    flag: "CRON_EMAILBISON_AVAILABILITY_SLOT_USE_INNGEST",
    seconds: 60,
  },
};

const FLAGS = Object.fromEntries(
  Object.values(CRON).map(({ flag }) => [flag, "true\n"]),
);
const KEYS = {
  INNGEST_EVENT_KEY: "an-event-key",
  INNGEST_SIGNING_KEY: "signkey-test-00000000",
};

/** An event endpoint in Inngest's place: what it took, and what it answers. */
const received: { name: string; id: string; data: object }[] = [];
let answer = 200;
const endpoint = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  request.on("end", () => {
    response.writeHead(answer, { "content-type": "application/json" });
    if (answer === 200) {
      const events = JSON.parse(text) as typeof received;
      received.push(...events);
      const ids = events.map((_, index) => `01PUBLISHED${String(index)}`);
      response.end(JSON.stringify({ ids, status: 200 }));
    } else {
      response.end(JSON.stringify({ error: "not today", status: answer }));
    }
  });
});

before(async () => {
  endpoint.listen(0, "127.0.0.1");
  await once(endpoint, "listening");
});

after(() => {
  endpoint.close();
});

beforeEach(() => {
  received.length = 0;
  answer = 200;
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

class Application {
  readonly lines: string[] = [];
  private readonly process: ChildProcess;
  private readonly port: number;

  private constructor(port: number, environment: Record<string, string>) {
    const next = join(
      import.meta.dirname,
      "../node_modules/next/dist/bin/next",
    );
    this.port = port;
    this.process = spawn(
      process.execPath,
      [next, "start", "--port", String(port), "--hostname", "127.0.0.1"],
      {
        cwd: import.meta.dirname,
        env: {
          PATH: process.env["PATH"],
          NEXT_TELEMETRY_DISABLED: "1",
          NODE_ENV: "production",
          CRON_SECRET: SECRET,
          ...environment,
        },
      },
    );
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.lines.push(...chunk.toString().split("\n"));
      });
    }
  }

  static async start(
    environment: Record<string, string>,
  ): Promise<Application> {
    const application = new Application(await freePort(), environment);
    for (let tries = 0; tries < 200; tries += 1) {
      try {
        await application.fetch("/");
        return application;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error(application.lines.join("\n"));
  }

  async stop(): Promise<void> {
    this.process.kill();
    await once(this.process, "exit");
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${String(this.port)}${path}`, init);
  }

  cron(path: string, method = "GET"): Promise<Response> {
    const headers = { authorization: `Bearer ${SECRET}` };
    return this.fetch(path, { method, headers });
  }

  /** What dispatchers have logged. */
  logged(): { mode: string; correlationId: string; error?: string }[] {
    return this.lines
      .filter((line) => line.startsWith('{"level"'))
      .map(
        (line) => JSON.parse(line) as { mode: string; correlationId: string },
      );
  }
}

/** Tests over one application, which lives as long as they do. */
function state(
  what: string,
  environment: () => Record<string, string>,
  tests: (application: () => Application) => void,
): void {
  describe(what, () => {
    let application: Application | undefined;
    before(async () => {
      application = await Application.start(environment());
    });
    after(async () => {
      await application?.stop();
    });
    tests(() => application ?? assert.fail("not started"));
  });
}

function base(): string {
  const { port } = endpoint.address() as AddressInfo;
  return `http://127.0.0.1:${String(port)}`;
}

interface Body {
  mode: string;
  dispatch: Record<string, unknown>;
  event?: { name: string; id: string };
  publishedEventIds?: string[];
  timestamp: string;
}

state(
  "flags off",
  () => ({
    ...KEYS,
    INNGEST_BASE_URL: base(),
    BACKGROUND_JOBS_USE_INNGEST: "false",
  }),
  (application) => {
    for (const { route } of Object.values(CRON)) {
      for (const method of ["GET", "POST"]) {
        test(`${method} ${route} runs inline`, async () => {
          const response = await application().cron(`${route}?a=1`, method);
          assert.equal(response.status, 200);
          assert.deepEqual(await response.json(), {
            ranInline: route,
            search: "?a=1",
          });
          assert.deepEqual(received, []);
        });
      }

      test(`${route} refuses who does not know the secret`, async () => {
        const headers = { authorization: "Bearer wrong" };
        assert.equal((await application().fetch(route)).status, 401);
        assert.equal(
          (await application().fetch(route, { headers })).status,
          401,
        );
      });
    }

    test("the webhook works inline", async () => {
      const body = JSON.stringify({ type: "EMAIL_SENT" });
      const response = await application().fetch("/api/webhooks/email", {
        method: "POST",
        body,
      });
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), { queued: false });
    });
  },
);

state(
  "flags on",
  () => ({
    ...KEYS,
    ...FLAGS,
    INBOXXIA_EMAIL_SENT_ASYNC: "on",
    INNGEST_BASE_URL: base(),
  }),
  (application) => {
    for (const [job, { route, seconds }] of Object.entries(CRON)) {
      for (const method of ["GET", "POST"]) {
        test(`${method} ${route} dispatches`, async () => {
          const start = Date.now();
          const response = await application().cron(route, method);
          assert.equal(response.status, 202);
          const body = (await response.json()) as Body;
          assert.equal(body.mode, "dispatch-only");
          const { dispatchWindowStart, requestedAt, ...rest } = body.dispatch;
          const asked = Date.parse(String(requestedAt));
          assert.ok(asked >= start && asked <= Date.now());
          const size = seconds * 1000;
          const window = new Date(
            Math.floor(asked / size) * size,
          ).toISOString();
          assert.equal(dispatchWindowStart, window);
          assert.equal(rest["source"], `cron/${job}`);
          if (job === "background-jobs") {
            assert.equal(received.length, 2);
            return;
          }
          const key = `cron:${job}:${window.slice(0, 16)}`;
          assert.equal(rest["dispatchKey"], key);
          const name = `cron/${job}.requested`;
          assert.deepEqual(body.event, { name, id: `${name}:${key}` });
          assert.deepEqual(body.publishedEventIds, ["01PUBLISHED0"]);
          assert.equal(received.length, 1);
          const [event] = received;
          assert.equal(event?.name, name);
          assert.equal(event.id, `${name}:${key}`);
          assert.deepEqual(event.data, body.dispatch);
        });
      }
    }

    test("parameters: allowed ones reach the event", async () => {
      const response = await application().cron(
        "/api/cron/appointment-reconcile?dryRun=%20true&evil=1&clientId=&dryRun=false",
      );
      const body = (await response.json()) as Body;
      assert.deepEqual(body.dispatch["params"], { dryRun: "true" });
      assert.match(String(body.dispatch["dispatchKey"]), /:[\da-f]{16}$/u);
      assert.deepEqual(received[0]?.data, body.dispatch);
    });

    test("the secret is asked for before all else", async () => {
      for (const { route } of Object.values(CRON)) {
        assert.equal((await application().fetch(route)).status, 401);
      }
      assert.deepEqual(received, []);
    });

    test("an endpoint that fails: 503, and no inline run", async () => {
      answer = 500;
      const route = "/api/cron/followups";
      const response = await application().cron(route);
      assert.equal(response.status, 503);
      const body = (await response.json()) as Body & { error: string };
      assert.equal(body.mode, "dispatch-failed");
      assert.equal(body.dispatch["source"], "cron/followups");
      assert.ok(!("ranInline" in body));
      const id = body.dispatch["correlationId"];
      const lines = application()
        .logged()
        .filter((line) => line.correlationId === id);
      assert.deepEqual(
        lines.map(({ mode }) => mode),
        ["dispatch-failed"],
      );
      assert.match(lines[0]?.error ?? "", /not today/u);
    });

    test("the webhook hands over to the queue", async () => {
      const body = JSON.stringify({ type: "EMAIL_SENT" });
      const response = await application().fetch("/api/webhooks/email", {
        method: "POST",
        body,
      });
      assert.equal(response.status, 202);
      assert.deepEqual(await response.json(), { queued: true });
    });
  },
);

state(
  "flags on, without an event key",
  () => ({
    ...FLAGS,
    INNGEST_SIGNING_KEY: KEYS.INNGEST_SIGNING_KEY,
    INNGEST_BASE_URL: base(),
  }),
  (application) => {
    for (const [job, { route }] of Object.entries(CRON)) {
      if (job === "background-jobs") {
        continue;
      }
      test(`${route} answers 503, and runs nothing`, async () => {
        const response = await application().cron(route);
        assert.equal(response.status, 503);
        const body = (await response.json()) as Body;
        assert.equal(body.mode, "dispatch-misconfigured");
        assert.equal(body.dispatch["source"], `cron/${job}`);
        assert.equal(body.event?.name, `cron/${job}.requested`);
        assert.deepEqual(received, []);
      });
    }
  },
);

state(
  "the development server",
  () => ({ INNGEST_DEV: base() }),
  (application) => {
    test("every function is registered", async () => {
      const response = await application().fetch("/api/inngest", {
        method: "PUT",
        headers: { "x-inngest-sync-kind": "in_band" },
        body: JSON.stringify({ url: "http://localhost/api/inngest" }),
      });
      const { functions } = (await response.json()) as {
        functions: { id: string }[];
      };
      const jobs = Object.keys(CRON).filter((job) => job !== "background-jobs");
      assert.deepEqual(
        functions.map(({ id }) => id).sort(),
        jobs
          .flatMap((job) => [
            `dashboard-cron-${job}`,
            `dashboard-cron-${job}-failure`,
          ])
          .sort(),
      );
    });
  },
);
