// The action, without the words that GitHub reads: `action.yml` names its inputs and calls this. Needs nothing but
// Node and git. It ends with 0, or with 1 when `fail-on` says so or something could not be done that was asked for.

import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { keepComment } from "./comment.mjs";

const env = process.env;
const here = dirname(fileURLToPath(import.meta.url));

/** What a person has to know, beside the steps of the job; it is no text that a runner reads commands out of. */
function annotate(level, message) {
  const escaped = message
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
  console.log(`::${level} title=inngest-offload::${escaped}`);
}

/** What cannot be done, and what to do about it. */
class Refusal extends Error {}

/** An input. Messages repeat it, and a second line of it could be a command to the runner. */
function input(name) {
  const value = (env[`OFFLOAD_${name}`] ?? "").trim();
  if (name !== "ARGS" && /[\r\n]/u.test(value))
    throw new Refusal(`\`${keyOf(name)}\` has more than one line.`);
  return value;
}

const keyOf = (name) => name.toLowerCase().replaceAll("_", "-");

function flag(name, otherwise) {
  const value = input(name) || otherwise;
  if (value !== "true" && value !== "false")
    throw new Refusal(
      `\`${keyOf(name)}\` must be \`true\` or \`false\`, not \`${value}\`.`,
    );
  return value === "true";
}

/** Starts a program and waits for its end, without a shell in between. */
function run(command, parameters, options = {}) {
  const result = spawnSync(command, parameters, {
    encoding: "utf8",
    stdio: ["ignore", "inherit", "inherit"],
    ...options,
  });
  if (result.error)
    throw new Refusal(
      `\`${command}\` could not be started: ${result.error.message}`,
    );
  return result;
}

/** The program: of the version that is asked for, else the project's own, else of the version of this action. */
function program(folder) {
  const asked = input("VERSION");
  const from = (where) => {
    const require = createRequire(join(where, "package.json"));
    try {
      require.resolve("inngest-offload");
    } catch {
      return undefined;
    }
    try {
      return require("inngest-offload").binary();
    } catch (fault) {
      throw new Refusal(fault.message);
    }
  };
  const own = asked === "" && from(folder);
  if (own) return own;

  const version =
    asked ||
    /^version = "(.+)"$/mu.exec(
      readFileSync(join(here, "../Cargo.toml"), "utf8"),
    )[1];
  if (!/^[\w.^~+-]+$/u.test(version))
    throw new Refusal(`\`version\` is not a version: \`${version}\`.`);
  const where = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "offload-"));
  const npm = [
    "install",
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--include=optional",
    "--prefix",
    where,
    `inngest-offload@${version}`,
  ];
  // npm is a script on Windows, which only a shell starts; no argument needs to be quoted for it.
  const { status } = run("npm", npm, {
    cwd: where,
    shell: process.platform === "win32",
  });
  const installed = status === 0 && from(where);
  if (!installed)
    throw new Refusal(`inngest-offload@${version} could not be installed.`);
  return installed;
}

const quietly = { stdio: ["ignore", "pipe", "pipe"] };

/** The commit or file that the contract is compared with; nothing when there is nothing to compare. */
function comparison(folder, event) {
  const asked = input("DIFF_AGAINST");
  if (asked === "none") return undefined;
  const base = event.pull_request?.base.sha;
  const against = asked || base;
  if (!against) return undefined;
  if (against.startsWith("-"))
    throw new Refusal(`\`diff-against\` is not a commit: \`${against}\`.`);
  const git = (...parameters) =>
    run("git", parameters, { cwd: folder, ...quietly });
  const known = () =>
    git("rev-parse", "--verify", "--quiet", `${against}^{commit}`).status === 0;
  if (existsSync(join(folder, against)) || known()) return against;
  // A checkout has one commit only, when nothing else is said.
  const branch = /^origin\/(.+)$/u.exec(against)?.[1];
  const wanted = branch
    ? `+refs/heads/${branch}:refs/remotes/origin/${branch}`
    : against;
  git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", wanted);
  if (known()) return against;
  annotate(
    "warning",
    `The contract was not compared: the commit ${against} does not exist here and could not be fetched.`,
  );
  return undefined;
}

function output(values) {
  for (const [name, value] of Object.entries(values)) {
    const end = randomUUID();
    appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`);
  }
}

function event() {
  if (!env.GITHUB_EVENT_PATH || !existsSync(env.GITHUB_EVENT_PATH)) return {};
  return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
}

async function main() {
  const workspace = env.GITHUB_WORKSPACE ?? process.cwd();
  const folder = resolve(workspace, input("WORKING_DIRECTORY") || ".");
  if (!existsSync(folder))
    throw new Refusal(
      `\`working-directory\` does not exist: \`${input("WORKING_DIRECTORY")}\`.`,
    );
  const failOn = input("FAIL_ON") || "findings";
  if (!["findings", "breaking", "never"].includes(failOn))
    throw new Refusal(
      `\`fail-on\` must be \`findings\`, \`breaking\` or \`never\`, not \`${failOn}\`.`,
    );
  const sarifWanted = flag("SARIF", "false");
  const commentWanted = flag("COMMENT", "true");
  const annotations = flag("ANNOTATIONS", "true");

  const binary = program(folder);
  const reports = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), "offload-"));
  const file = (name) => join(reports, name);
  const read = (name) =>
    existsSync(file(name)) ? readFileSync(file(name), "utf8") : undefined;
  const common = ["ROOT", "SPEC"].flatMap((name) =>
    input(name) ? [`--${name.toLowerCase()}=${input(name)}`] : [],
  );
  const more = input("ARGS")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

  const checked = run(
    binary,
    [
      "check",
      ...common,
      `--format=${annotations ? "github" : "text"}`,
      `--output=json=${file("check.json")}`,
      `--output=sarif=${file("check.sarif")}`,
      `--output=markdown=${file("check.md")}`,
      ...more,
    ],
    { cwd: folder },
  );
  const happened = event();
  const report = read("check.json");
  if (checked.status > 1 || report === undefined)
    throw new Refusal("`check` could not run; the log says why.");
  const { errors, warnings } = JSON.parse(report).summary;

  let changes;
  let page = "";
  const against = comparison(folder, happened);
  if (against) {
    console.log(`\nChanges of the contract since ${against}:`);
    const compared = run(
      binary,
      [
        "diff",
        ...common,
        `--against=${against}`,
        "--format=markdown",
        `--output=json=${file("diff.json")}`,
        `--output=text=${file("diff.txt")}`,
      ],
      { cwd: folder, stdio: ["ignore", "pipe", "inherit"] },
    );
    console.log(read("diff.txt") ?? "");
    // Without a report on a side that is there, the other is not: the whole contract is new, and changes nothing.
    const found =
      compared.status <= 1 &&
      (read("diff.json") ? JSON.parse(read("diff.json")).findings : []);
    page = compared.stdout;
    if (found)
      changes = Object.fromEntries(
        ["breaking", "risky", "safe"].map((name) => [
          name,
          found.filter((change) => change.class === name).length,
        ]),
      );
    else
      annotate(
        "warning",
        "The contract is not compared: a side of it does not compile. The log says why.",
      );
  }

  const pages = [read("check.md"), changes && page];
  if (env.GITHUB_STEP_SUMMARY)
    appendFileSync(env.GITHUB_STEP_SUMMARY, pages.filter(Boolean).join("\n"));

  const pull = happened.pull_request;
  const fork =
    pull !== undefined && pull.head.repo?.full_name !== env.GITHUB_REPOSITORY;
  output({
    errors,
    warnings,
    breaking: changes?.breaking ?? "",
    risky: changes?.risky ?? "",
    safe: changes?.safe ?? "",
    report: file("check.json"),
    sarif: file("check.sarif"),
    upload: sarifWanted && !fork,
  });

  if (commentWanted && changes && pull) {
    const told = await keepComment({
      api: env.GITHUB_API_URL ?? "https://api.github.com",
      token: input("TOKEN"),
      repository: env.GITHUB_REPOSITORY,
      number: pull.number,
      // One comment for each spec of a repository.
      key: [input("WORKING_DIRECTORY"), input("ROOT"), input("SPEC")].join(" "),
      text: page,
      // A pull request that changes nothing of the contract gets no comment; one that no longer does is told so.
      create: Object.values(changes).some((count) => count > 0),
    });
    if (told) annotate(told.level, told.message);
  }

  const fails =
    (failOn !== "never" && checked.status === 1) ||
    (failOn === "breaking" && changes?.breaking > 0);
  process.exitCode = fails ? 1 : 0;
}

try {
  await main();
} catch (fault) {
  annotate("error", fault instanceof Refusal ? fault.message : fault.stack);
  process.exitCode = 1;
}
