/** The workflows of this repository, and the scripts that they call. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { manifest } from "../../../npm/build.mjs";
import { notes, versionOf } from "../../../npm/release.mjs";
import { empty, environment, lay, PLATFORMS, run } from "./packages.js";
import { repository } from "./program.js";
import { faultsOfWorkflow } from "./workflow.js";

const folder = join(repository, ".github/workflows");
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, path: `.github/workflows/${name}`, text, it: parse(text) };
});
const release = workflows.find(({ name }) => name === "release.yml").it;

for (const { name, path, text, it } of workflows) {
  describe(name, () => {
    const steps = Object.values(it.jobs).flatMap(({ steps }) => steps);

    test("is a workflow", () => {
      assert.deepEqual(faultsOfWorkflow(path, text), []);
    });

    test("may do nothing but what a job says", () => {
      assert.deepEqual(it.permissions, { contents: "read" });
    });

    test("puts no expression into a script", () => {
      for (const step of steps) assert.doesNotMatch(step.run ?? "", /\$\{\{/u);
    });

    test("takes actions of GitHub by version, and others by commit", () => {
      for (const { uses } of steps.filter((step) => step.uses))
        assert.match(uses, /^actions\/[\w-]+@v\d+$|@[0-9a-f]{40}$/u);
    });

    test("leaves no credentials in a checkout", () => {
      for (const step of steps.filter(({ uses }) => /checkout/u.test(uses)))
        assert.equal(step.with?.["persist-credentials"], false);
    });
  });
}

test("a faulty workflow is told, so that the others' silence says something", () => {
  const faulty = "on: push\njobs:\n  a:\n    runs-on: x\n    step: []\n";
  assert.notDeepEqual(faultsOfWorkflow(".github/workflows/a.yml", faulty), []);
});

test("the extension of VS Code has the version of Cargo.toml", () => {
  const file = join(repository, "editors/vscode/package.json");
  const { version } = JSON.parse(readFileSync(file, "utf8"));
  assert.equal(version, manifest().version);
});

test("what is built is what the packages are made of", () => {
  const built = release.jobs.build.strategy.matrix.include;
  assert.deepEqual(
    built.map(({ target }) => target).sort(),
    PLATFORMS.map(({ target }) => target).sort(),
  );
});

test("nothing is published before it was built, run and installed", () => {
  const needs = (job) => [release.jobs[job].needs ?? []].flat();
  const before = (job) =>
    new Set(needs(job).flatMap((it) => [it, ...before(it)]));
  for (const job of ["npm", "crates", "github"])
    for (const earlier of ["version", "build", "packages", "install"])
      assert.ok(before(job).has(earlier), `${job} before ${earlier}`);
});

describe("what a release is checked for", () => {
  const CHANGELOG =
    "# Changelog\n\n## Unreleased\n\n- a\n\n## 1.2.3 (2026-01-02)\n\n- b\n- c\n\n## 1.2.2\n";

  test("the notes are those of its version", () => {
    assert.equal(notes(CHANGELOG, "1.2.3"), "- b\n- c");
  });

  test("a version without a heading, or with nothing under it, is none", () => {
    assert.throws(() => notes(CHANGELOG, "1.2"), /no heading `## 1\.2`/u);
    assert.throws(() => notes(CHANGELOG, "1.2.2"), /has no text for 1\.2\.2/u);
  });

  test("the tag is the version", () => {
    assert.equal(versionOf("v1.2.3", "1.2.3"), "1.2.3");
    for (const tag of ["1.2.3", "v1.2.4", "v1.2.3-beta"])
      assert.throws(() => versionOf(tag, "1.2.3"), /the tag is/u);
  });

  test("a tag of another version ends the release", async () => {
    const script = join(repository, "npm/release.mjs");
    const told = await run(process.execPath, [script, "v0.0.0"]);
    assert.equal(told.status, 1);
    assert.match(told.stderr, /not a release: the tag is `v0\.0\.0`/u);
  });
});

describe("publishing", () => {
  /** Publishes with an npm that answers as told, and remembers what it was asked. */
  async function publish(published, fault = "") {
    const folder = empty();
    lay(
      folder,
      {
        npm: `#!/usr/bin/env node
const { appendFileSync } = require("fs");
const [command, ...words] = process.argv.slice(2);
const published = ${JSON.stringify(published)};
if (command === "pack") {
  const [, name, version] = /(\\w+)-(.+)\\.tgz$/.exec(words.at(-1));
  console.log(JSON.stringify([{ name, version }]));
} else if (command === "view") {
  const fault = ${JSON.stringify(fault)} || (published.includes(words[0]) ? "" : "E404");
  if (fault) { console.error("npm error code " + fault); process.exit(1); }
  console.log('"1.0.0"');
} else appendFileSync("asked", [command, ...words].join(" ") + "\\n");
`,
      },
      0o755,
    );
    lay(folder, { asked: "" });
    const script = join(repository, "npm/publish.mjs");
    const result = await run(
      process.execPath,
      [script, "one-1.0.0.tgz", "two-1.0.0.tgz"],
      {
        cwd: folder,
        env: { ...environment(), PATH: `${folder}:${process.env.PATH}` },
      },
    );
    const asked = readFileSync(join(folder, "asked"), "utf8");
    return { ...result, asked: asked.trim().split("\n").filter(Boolean) };
  }

  test("adds what is missing, in the order given, with provenance", async () => {
    const { status, asked } = await publish([]);
    assert.equal(status, 0);
    assert.deepEqual(asked, [
      "publish --access public --provenance one-1.0.0.tgz",
      "publish --access public --provenance two-1.0.0.tgz",
    ]);
  });

  test("leaves alone what is there", async () => {
    const { status, asked, stdout } = await publish(["one@1.0.0"]);
    assert.equal(status, 0);
    assert.match(stdout, /one@1\.0\.0 is already published/u);
    assert.equal(asked.length, 1);
  });

  test("publishes nothing when it cannot be asked what is there", async () => {
    const { status, asked } = await publish([], "E500");
    assert.notEqual(status, 0);
    assert.deepEqual(asked, []);
  });
});
