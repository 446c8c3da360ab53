/** The example application of the rules, the spec that it agrees with, and specs of any size. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const rule = join(import.meta.dirname, "../../../src/rule");

/** Files by path. */
export const application = Object.fromEntries(
  `\n${readFileSync(join(rule, "application.txt"), "utf8")}`
    .split("\n=== ")
    .slice(1)
    .map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end), `${section.slice(end + 1)}\n`];
    }),
);

export const spec = readFileSync(join(rule, "example.yaml"), "utf8")
  .replace(/^ {2}states: .*$/mu, "  states: [running, succeeded, failed]")
  .concat(
    "dispatch: { auth: { secret: CRON_SECRET, scheme: bearer, whenUnset: refuse } }\n",
    "environment: { secrets: [CRON_SECRET, INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY] }\n",
  );

/** A contract of many offloads. */
export function many(count) {
  const jobs = Array.from({ length: count }, (_, i) => `job-${String(i)}`);
  const offload = (job) => `  ${job}:
    kind: cron
    priority: P1
    route: /api/cron/${job}
    schedule: "*/5 * * * *"
    window: 5m
    owners: [app/api/cron/${job}/route.ts]
`;
  const step = (job) => `  - { offload: ${job}, step: convert }\n`;
  return `version: 1\nname: many\noffloads:\n${jobs.map(offload).join("")}rollout:\n${jobs.map(step).join("")}`;
}
