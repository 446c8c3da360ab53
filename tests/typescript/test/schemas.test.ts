/** Every answer and every event is what its generated JSON Schema says (draft 2020-12, strict). */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

import * as everything from "@/everything/generated/dispatch";
import * as own from "@/lib/inngest/generated/dispatch";
import { SDK } from "@/sdk";

const ROOT = join(import.meta.dirname, `../v${String(SDK)}`);

type Dispatch = (
  request: Request,
  options: own.DispatchOptions,
) => Promise<Response | null>;

/** The schemas of a folder by their titles, and by the names of their files. */
function compile(folder: string): Map<string, ValidateFunction> {
  // Of the names that a schema lists, some are those of methods that objects inherit.
  const ajv = new Ajv2020({
    strict: true,
    allErrors: true,
    ownProperties: true,
  });
  addFormats(ajv);
  const all = new Map<string, ValidateFunction>();
  for (const file of readdirSync(join(ROOT, folder))) {
    const text = readFileSync(join(ROOT, folder, file), "utf8");
    const schema = JSON.parse(text) as { title: string };
    const validate = ajv.compile(schema);
    all.set(file.replace(/\.schema\.json$/u, ""), validate);
    all.set(schema.title, validate);
  }
  return all;
}

function dispatchers(module: Record<string, unknown>): [string, Dispatch][] {
  return Object.entries(module).filter(
    (entry): entry is [string, Dispatch] => typeof entry[1] === "function",
  );
}

/** `dispatchResponseTiming` and `response-timing` are one. */
function plain(name: string): string {
  return name
    .replace(/^dispatch/u, "")
    .replace(/[^a-z\d]/giu, "")
    .toLowerCase();
}

/** Every flag on. */
const ENVIRONMENT = new Proxy(
  { INNGEST_EVENT_KEY: "a", INNGEST_SIGNING_KEY: "b", EVERYTHING_OFF: "0" },
  {
    get: (values: Record<string, string>, name) =>
      values[String(name)] ?? (/STOP|_DEV$/u.test(String(name)) ? "" : "1"),
  },
);

for (const [contract, module, folder, query] of [
  [
    "our own",
    own,
    "lib/inngest/generated/schemas",
    "dryRun=true&clientId=%20x",
  ],
  [
    "everything",
    everything,
    "everything/schemas",
    "tenant=t&10=a&filter[x]=%22",
  ],
] as const) {
  describe(contract, () => {
    const responses = compile(join(folder, "responses"));
    const events = compile(join(folder, "events"));
    const sent: { name: string; data: object }[] = [];
    const ids = ["01PUBLISHED"];
    const cases: [string, number, own.DispatchOptions][] = [
      ["sent", 202, { send: () => Promise.resolve({ ids }) }],
      ["sent, without ids", 202, { send: () => Promise.resolve({ ids: [] }) }],
      ["not sent", 500, { send: () => Promise.reject(new Error("no")) }],
      ["not configured", 500, { environment: { ...ENVIRONMENT } }],
    ];

    for (const [name, dispatch] of dispatchers(module)) {
      const job = [...responses.keys()].find(
        (key) => plain(key) === plain(name),
      );
      const validate = responses.get(job ?? "") ?? assert.fail(name);
      for (const [what, least, options] of cases) {
        for (const search of ["", `?${query}`]) {
          test(`${name}: ${what}${search && ", with parameters"}`, async () => {
            const environment =
              what === "not configured"
                ? new Proxy(ENVIRONMENT, {
                    get: (values, key) =>
                      key === "INNGEST_EVENT_KEY" ? "" : values[String(key)],
                  })
                : ENVIRONMENT;
            const response = await dispatch(
              new Request(`https://app.example/route${search}`),
              {
                ...options,
                environment,
                log: () => undefined,
                send: (outgoing) => {
                  sent.push(...outgoing);
                  return (
                    options.send?.(outgoing) ?? Promise.reject(new Error())
                  );
                },
              },
            );
            assert.ok(response && response.status >= least);
            const body: unknown = await response.json();
            assert.ok(validate(body), JSON.stringify(validate.errors));
          });
        }
      }
    }

    test("every event's data is what its schema says", () => {
      assert.ok(sent.length > 0);
      const seen = new Set<string>();
      for (const { name, data } of sent) {
        const validate = events.get(name) ?? assert.fail(name);
        const body: unknown = JSON.parse(JSON.stringify(data));
        assert.ok(validate(body), JSON.stringify(validate.errors));
        seen.add(name);
      }
      assert.ok(seen.size >= dispatchers(module).length);
    });

    test("a schema refuses what is missing, and what is too much", () => {
      const [validate] = responses.values();
      assert.ok(validate && !validate({}));
      assert.ok(!validate({ mode: "x" }));
    });
  });
}
