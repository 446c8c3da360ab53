/**
 * Generates our own contract and the one that uses every option, for both majors of the SDK,
 * into the applications. INNGEST_OFFLOAD is the compiler; by default the release build.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const compiler =
  process.env.INNGEST_OFFLOAD ??
  join(here, "../../target/release/inngest-offload");

const contracts = [
  {
    spec: "spec/inngest-offload.yaml",
    outputs: ["lib/inngest/generated", "lib/inngest/functions", "docs"],
  },
  {
    spec: "tests/cases/everything/spec.yaml",
    outputs: ["everything/generated", "everything/handlers", "everything/docs"],
  },
];

/** The applications: one for each major of the SDK, and one that Next.js builds. */
const applications = [
  { folder: "v3", major: 3, uses: contracts },
  { folder: "v4", major: 4, uses: contracts },
  { folder: "next", major: 3, uses: contracts.slice(0, 1) },
];

for (const { folder: application, major, uses } of applications) {
  const root = join(here, application);
  for (const [index, { spec, outputs }] of uses.entries()) {
    for (const output of outputs) {
      rmSync(join(root, output), { recursive: true, force: true });
    }
    const text = readFileSync(join(here, "../..", spec), "utf8")
      .replace(/^ {2}within: .*\n/mu, "")
      .replace(/^( +sdk:) 3\b/mu, `$1 ${major}`);
    const folder = join(here, ".build", `${application}-${index}`);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "inngest-offload.yaml");
    writeFileSync(file, text);
    const args = ["generate", "--spec", file, "--root", root];
    execFileSync(compiler, args, { stdio: "inherit" });
  }
}
