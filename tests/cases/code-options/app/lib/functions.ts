import { limits } from "@acme/limits";

import { inngest } from "./inngest";

const work = async () => ({ done: true });
const within = (value: string | undefined) => Math.min(Math.max(Number(value ?? 4), 1), 8);

export const functions = [
  inngest.createFunction({ id: "ranged", concurrency: { limit: within(process.env.RANGED) } }, { event: "report/ranged" }, work),
  inngest.createFunction({ id: "wider", concurrency: { limit: Number(process.env.WIDER ?? 4) } }, { event: "report/wider" }, work),
  inngest.createFunction({ id: "deaf", concurrency: { limit: 4 } }, { event: "report/deaf" }, work),
  inngest.createFunction({ id: "other", concurrency: { limit: 5 } }, { event: "report/other" }, work),
  inngest.createFunction({ id: "fixed", concurrency: { limit: 4 } }, { event: "report/fixed" }, work),
  inngest.createFunction(
    { id: "seconds", throttle: { limit: 1, period: 60_000, burst: 1 }, timeouts: { start: "90s", finish: 120_000 } },
    { event: "report/seconds" },
    work,
  ),
  inngest.createFunction({ id: "fraction", debounce: { period: 1_500, timeout: "60m" } }, { event: "report/fraction" }, work),
  inngest.createFunction(
    { id: "keyed", concurrency: [{ limit: 9, scope: "fn" }, { limit: 2, key: 'event.data["tenant_id"]' }] },
    { event: "report/keyed" },
    work,
  ),
  inngest.createFunction(
    { id: "loaded", concurrency: [{ limit: limits.reports, key: "event.data.tenant_id" }, { limit: 9 }] },
    { event: "report/loaded" },
    work,
  ),
  inngest.createFunction(
    { id: "other-loaded", concurrency: [{ limit: limits.reports, key: "event.data.day" }, { limit: 9 }] },
    { event: "report/other-loaded" },
    work,
  ),
  inngest.createFunction(
    {
      id: "cancels",
      cancelOn: [
        { event: "report/halted", timeout: "60m" },
        { event: "report/paused", if: "event.data.tenant_id == async.data.tenant_id" },
        { event: "report/stopped" },
      ],
      singleton: { mode: "skip" },
    },
    { event: "report/cancels" },
    work,
  ),
  inngest.createFunction({ id: "skips", singleton: {} }, { event: "report/skips" }, work),
  inngest.createFunction(
    { id: "index", idempotency: `event.data['dispatchKey']+'a b'+event.data["day"]` },
    { event: "report/index" },
    work,
  ),
  inngest.createFunction({ id: "text", idempotency: `event.data['dispatchKey'] + 'ab'` }, { event: "report/text" }, work),
  inngest.createFunction({ id: "condition" }, { event: "report/condition", if: "event.data.urgent" }, work),
];
