/**
 * The set-ups of docs/ci.md: each is taken from the page, held against what its tool says of it, and its commands are
 * run in a project.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { empty, environment, lay, run, SPEC } from "./packages.js";
import { program, repository } from "./program.js";
import { faultsOfWorkflow } from "./workflow.js";

const require = createRequire(import.meta.url);
const page = readFileSync(join(repository, "docs/ci.md"), "utf8");
const files = Object.fromEntries(
  [...page.matchAll(/^```\w+ file=(\S+)\n([\s\S]*?)^```$/gmu)].map(
    ([, path, text]) => [path, text],
  ),
);

/** A project with the scripts of the page, in which nothing is wrong. */
function project() {
  const folder = empty();
  lay(folder, {
    "spec/inngest-offload.yaml": SPEC,
    "package.json": files["package.json"],
  });
  lay(
    folder,
    {
      "node_modules/.bin/inngest-offload": `#!/bin/sh\nexec '${program}' "$@"\n`,
    },
    0o755,
  );
  return folder;
}

const sh = (folder, script, more = {}) =>
  run("sh", ["-euc", script], {
    cwd: folder,
    env: { ...environment(), ...more },
  });

/** Runs commands in a clean project and in a faulty one: they end as `check` does. */
async function checks(script) {
  const folder = project();
  const clean = await sh(folder, script);
  assert.equal(clean.status, 0, clean.stdout + clean.stderr);
  lay(folder, {
    "spec/inngest-offload.yaml": SPEC.replace("window: 5m", "window: 15m"),
  });
  const faulty = await sh(folder, script);
  assert.notEqual(faulty.status, 0);
  assert.match(faulty.stdout, /window-longer-than-schedule/u);
  return folder;
}

function valid(schema, value) {
  const Validator = schema.$schema.includes("2020-12") ? Ajv2020 : Ajv;
  const ajv = new Validator({ strict: false, allErrors: true });
  const validate = ajv.compile(schema);
  assert.ok(validate(value), ajv.errorsText(validate.errors));
  return validate;
}

test("the page says what its files are called", () => {
  for (const path of Object.keys(files))
    assert.ok(
      path.startsWith(".github/") || page.includes(`\`${path}\``),
      path,
    );
  assert.equal(Object.keys(files).length, 10);
});

describe("GitHub Actions", () => {
  const workflows = Object.keys(files).filter((path) =>
    path.startsWith(".github/workflows/"),
  );
  for (const path of workflows) {
    test(`${path} is a workflow`, () => {
      assert.deepEqual(faultsOfWorkflow(path, files[path]), []);
    });

    test(`${path} gives our action what it takes`, () => {
      const { inputs } = parse(
        readFileSync(join(repository, "action.yml"), "utf8"),
      );
      for (const { steps } of Object.values(parse(files[path]).jobs))
        for (const step of steps.filter((it) => it.uses?.includes("offload")))
          for (const name of Object.keys(step.with))
            assert.ok(inputs[name], `there is no input ${name}`);
    });

    test(`${path} puts nothing that somebody else wrote into a script`, () => {
      for (const { steps } of Object.values(parse(files[path]).jobs))
        for (const { run: script } of steps)
          assert.doesNotMatch(script ?? "", /\$\{\{/u);
    });
  }

  test("the steps without the action do what they say", async () => {
    const folder = project();
    const git = (...words) =>
      run("git", ["-c", "user.name=A", "-c", "user.email=a@b", ...words], {
        cwd: folder,
      });
    lay(folder, { ".gitignore": "node_modules\n" });
    await git("init", "--quiet");
    await git("add", ".");
    await git("commit", "--quiet", "--message=a");
    const { steps } = parse(files[".github/workflows/check.yml"]).jobs.check;
    const scripts = steps
      .map((step) => step.run)
      .filter((script) => script && script !== "npm ci");
    assert.equal(scripts.length, 3);
    for (const script of scripts) {
      const { status, stderr } = await sh(folder, script, {
        BASE: "HEAD",
        GITHUB_STEP_SUMMARY: "summary.md",
      });
      assert.equal(status, 0, stderr);
    }
    const summary = readFileSync(join(folder, "summary.md"), "utf8");
    assert.match(summary, /inngest-offload check: no findings/u);
    assert.match(summary, /No changes to the offload contract/u);
  });
});

test("GitLab: the job runs, and its report is a Code Quality report", async () => {
  const { contract } = parse(files[".gitlab-ci.yml"]);
  assert.equal(contract.script[0], "npm ci");
  const folder = await checks(contract.script.slice(1).join("\n"));
  const converted = await sh(folder, contract.after_script.join("\n"));
  assert.equal(converted.status, 0, converted.stderr);
  const quality = JSON.parse(
    readFileSync(join(folder, contract.artifacts.reports.codequality), "utf8"),
  );
  const [finding] = quality;
  assert.equal(finding.check_name, "window-longer-than-schedule");
  assert.equal(finding.severity, "major");
  assert.deepEqual(finding.location, {
    path: "spec/inngest-offload.yaml",
    lines: { begin: 9 },
  });
  assert.match(finding.fingerprint, /^[0-9a-f]{64}$/u);
  assert.ok(finding.description);
});

test("Vercel: the build begins with the check", async () => {
  const { buildCommand } = JSON.parse(files["vercel.json"]);
  const [check, build] = buildCommand.split(" && ");
  assert.equal(build, "next build");
  await checks(check);
});

test("Vercel: `check` reads the same file", async () => {
  const folder = project();
  lay(folder, {
    "vercel.json": files["vercel.json"],
    "app/api/cron/nightly-report/route.ts":
      "export const GET = () => Response.json({});\n",
  });
  const { stdout } = await sh(folder, "npm run contract:check");
  assert.match(stdout, /app\/api\/cron\/nightly-report\/route\.ts/u);
  assert.doesNotMatch(stdout, /vercel\.json/u);
});

test("Turborepo: the file is as turbo has it, and its tasks are scripts", async () => {
  const schema = require("@turbo/types/schemas/schema.v2.json");
  const turbo = JSON.parse(files["turbo.json"]);
  const validate = valid(schema, turbo);
  assert.ok(
    !validate({ tasks: { a: { inputs: "spec" } } }),
    "the schema bites",
  );
  const { scripts } = JSON.parse(files["package.json"]);
  for (const task of Object.keys(turbo.tasks))
    if (task !== "build") await checks(scripts[task] && `npm run ${task}`);
});

test("lefthook: the file is as lefthook has it, and its job runs", async () => {
  const lefthook = parse(files["lefthook.yml"]);
  const validate = valid(
    require("../../schemas/lefthook.schema.json"),
    lefthook,
  );
  assert.ok(!validate({ "pre-commit": { jobs: [{ run: 1 }] } }));
  for (const job of lefthook["pre-commit"].jobs) await checks(job.run);
});

test("husky: the hook runs", async () => {
  await checks(files[".husky/pre-commit"]);
});

describe("pre-commit", () => {
  /** What pre-commit requires of a hook, and what it would not know. */
  const keys = new Set(
    "id name description entry language files pass_filenames require_serial".split(
      " ",
    ),
  );
  const isHook = (hook) => {
    for (const key of ["id", "name", "entry", "language", "files"])
      assert.equal(typeof hook[key], "string", `${hook.id}: ${key}`);
    for (const key of Object.keys(hook)) assert.ok(keys.has(key), key);
    new RegExp(hook.files, "u");
    assert.equal(hook.pass_filenames, false);
  };

  test("with the package of the project", async () => {
    const { repos } = parse(files[".pre-commit-config.yaml"]);
    const [hook] = repos[0].hooks;
    isHook(hook);
    await checks(hook.entry);
  });

  const hooks = parse(
    readFileSync(join(repository, ".pre-commit-hooks.yaml"), "utf8"),
  );
  for (const hook of hooks) {
    test(`the hook ${hook.id} of this repository`, async () => {
      isHook(hook);
      const [name, ...words] = hook.entry.split(" ");
      assert.equal(name, "inngest-offload");
      await checks(`'${program}' ${words.join(" ")}`);
    });
  }

  test("hooks run for what they read, and for nothing else", () => {
    const [check, generate] = hooks.map(({ files }) => new RegExp(files, "u"));
    for (const path of [
      "spec/inngest-offload.yaml",
      "inngest-offload.yml",
      "apps/shop/vercel.json",
      "app/api/cron/a/route.ts",
      "tsconfig.base.json",
    ])
      assert.match(path, check);
    for (const path of ["README.md", "my-vercel.json", "a.css"])
      assert.doesNotMatch(path, check);
    assert.match("spec/inngest-offload.yaml", generate);
    assert.doesNotMatch("app/route.ts", generate);
  });

  test("the page names hooks that there are", () => {
    const ids = hooks.map(({ id }) => id);
    for (const [, id] of page.matchAll(/`(inngest-offload-\w+)`/gu))
      assert.ok(ids.includes(id), id);
  });
});

test("versions on the page are that of Cargo.toml", () => {
  const manifest = readFileSync(join(repository, "Cargo.toml"), "utf8");
  const version = /^version = "(.+)"$/mu.exec(manifest)[1];
  const named = [
    ...page.matchAll(
      /inngest-offload@v([\d.]+)|rev: v([\d.]+)|"inngest-offload": "([\d.]+)"/gu,
    ),
  ].map((found) => found.slice(1).find(Boolean));
  assert.equal(named.length, 4);
  for (const one of named) assert.equal(one, version);
});
