/** Contracts that are made for a test, and compiled where it runs. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const repository = join(here, "../../..");
const compiler =
  process.env.INNGEST_OFFLOAD ??
  join(repository, "target/release/inngest-offload");

/** A contract of so many offloads: ours, with others in the place of its own. */
export function many(number) {
  const own = readFileSync(
    join(repository, "spec/inngest-offload.yaml"),
    "utf8",
  );
  const part = (name) =>
    new RegExp(`^${name}:\\n(?:(?: .*|#.*)?\\n)*`, "mu").exec(own)[0];
  const offload = (_, index) => `  job-${index + 1}:
    kind: cron
    route: /api/cron/job-${index + 1}
    schedule: "*/${[5, 10, 15, 20, 30][index % 5]} * * * *"
    window: 5m
    priority: P${index % 3}
    flag: ${index % 10 ? `JOB_${index}` : "ON_BY_ITSELF"}
    owners: [app/api/cron/job-${index + 1}/route.ts]
`;
  const offloads = Array.from({ length: number }, offload).join("");
  const parts = ["defaults", "payloads", "dispatch", "ledger", "environment"];
  return [
    "version: 1\nname: many\ntargets: { docs: { out: docs } }\n",
    "flags: { declared: { ON_BY_ITSELF: { enabledWhen: { not: { on: ON_BY_ITSELF } }, rollback: { set: { ON_BY_ITSELF: 'on' } } } } }\n",
    ...parts.map(part),
    `offloads:\n${offloads}`,
  ].join("\n");
}

/** The documents of a contract: the folder that they lie in. */
export function compile(name, spec) {
  const root = join(here, "../.build/documents", name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const file = join(root, "spec.yaml");
  writeFileSync(file, spec);
  const args = ["generate", "--spec", file, "--root", root];
  execFileSync(compiler, args, { stdio: "pipe" });
  return join(root, "docs");
}
