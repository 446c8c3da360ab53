import assert from "node:assert/strict";
import { test } from "node:test";

import { PUT } from "@/app/api/inngest/route";
import { APP_ID } from "./engine";

const JOBS = [
  "response-timing",
  "appointment-reconcile",
  "followups",
  "availability",
  "emailbison-availability-slot",
];

interface Step {
  name: string;
  retries: { attempts: number };
}

interface Configuration {
  id: string;
  triggers: object[];
  steps: Record<string, Step>;
}

async function register(): Promise<Configuration[]> {
  const request = new Request("http://localhost/api/inngest", {
    method: "PUT",
    headers: { host: "localhost", "x-inngest-sync-kind": "in_band" },
    body: JSON.stringify({ url: "http://localhost/api/inngest" }),
  });
  // Next's own request type adds to the platform's what `serve` does not read.
  const put = PUT as unknown as (request: Request) => Promise<Response>;
  const body = (await (await put(request)).json()) as {
    functions: Configuration[];
  };
  return body.functions;
}

test("serve() registers what the contract says, and nothing else", async () => {
  const registered = await register();
  const expected = JOBS.flatMap((job) => {
    const id = `${APP_ID}-cron-${job}`;
    return [
      {
        id,
        name: `cron-${job}`,
        triggers: [{ event: `cron/${job}.requested` }],
        concurrency: { limit: 1 },
        idempotency: "event.data.dispatchKey",
        retries: { attempts: 3 },
      },
      {
        id: `${id}-failure`,
        name: `cron-${job} (failure)`,
        triggers: [
          {
            event: "inngest/function.failed",
            expression: `event.data.function_id == '${id}'`,
          },
        ],
        retries: { attempts: 1 },
      },
    ];
  });
  const seen = registered.map(({ steps, ...rest }) => {
    assert.deepEqual(Object.keys(steps), ["step"]);
    return { ...rest, retries: steps["step"]?.retries };
  });
  assert.deepEqual(seen, expected);
});
