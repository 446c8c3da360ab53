/**
 * The packages as people get them: built from the program, packed, installed by the package managers from a registry
 * of our own, and run.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  binaries,
  build,
  empty,
  environment,
  host,
  lay,
  pack,
  packageOf,
  PLATFORMS,
  run,
  SPEC,
} from "./packages.js";
import { repository } from "./program.js";
import { serve } from "./registry.js";

const VERSION = /^version = "(.+)"$/mu.exec(
  readFileSync(join(repository, "Cargo.toml"), "utf8"),
)[1];

let packed;
let registry;
before(async () => {
  packed = await pack();
  registry = await serve(packed);
});
after(() => registry.close());

function project() {
  const folder = empty();
  lay(folder, {
    "package.json": JSON.stringify({ name: "application", private: true }),
    "spec/inngest-offload.yaml": SPEC,
  });
  return folder;
}

const done = ({ status, stdout, stderr }, expected = 0) =>
  assert.equal(status, expected, `${stdout}\n${stderr}`);

describe("what is built", () => {
  test("has the version of Cargo.toml everywhere", () => {
    for (const { manifest } of packed) assert.equal(manifest.version, VERSION);
    const main = packed.at(-1).manifest;
    assert.deepEqual(
      main.optionalDependencies,
      Object.fromEntries(PLATFORMS.map((it) => [packageOf(it), VERSION])),
    );
  });

  test("is small, and runs nothing when it is installed", () => {
    const main = packed.at(-1);
    assert.equal(main.manifest.scripts, undefined);
    assert.equal(main.manifest.dependencies, undefined);
    assert.deepEqual(main.files.sort(), [
      "LICENSE-APACHE",
      "LICENSE-MIT",
      "README.md",
      "bin/inngest-offload.js",
      "index.d.ts",
      "package.json",
      "report.schema.json",
      "schema.json",
    ]);
    assert.ok(statSync(main.tarball).size < 50_000);
  });

  test("names its system, so that others leave it out", () => {
    for (const [i, { os, cpu, libc }] of PLATFORMS.entries()) {
      const { manifest } = packed[i];
      assert.deepEqual(
        [manifest.os, manifest.cpu, manifest.libc],
        [[os], [cpu], libc && [libc]],
      );
    }
  });

  test("is the same from the same binaries", () => {
    const [from, one, two] = [binaries(), empty(), empty()];
    const bytes = (out) =>
      readdirSync(out, { recursive: true })
        .sort()
        .filter((file) => statSync(join(out, file)).isFile())
        .map((file) => [
          file,
          statSync(join(out, file)).mode,
          readFileSync(join(out, file)).toString("base64"),
        ]);
    build({ binaries: from, out: one });
    build({ binaries: from, out: two });
    assert.ok(
      JSON.stringify(bytes(one)) === JSON.stringify(bytes(two)),
      "two builds differ",
    );
  });

  test("is nothing when a binary is missing", () => {
    const out = empty();
    assert.throws(() => build({ binaries: empty(), out }), /are missing/u);
    assert.deepEqual(readdirSync(out), []);
    assert.throws(
      () => build({ binaries: empty(), out, only: ["pdp11-bell-unix"] }),
      /no such target: pdp11-bell-unix/u,
    );
  });
});

/** What every installation has to do: the exit codes of the compiler, from where it is found. */
async function works(folder, command, env) {
  const check = (options) =>
    run(command[0], [...command.slice(1), "check"], { env, ...options });
  const clean = await check({ cwd: folder });
  done(clean);
  assert.match(clean.stdout, /1 offload/u);
  lay(folder, {
    "spec/inngest-offload.yaml": SPEC.replace("window: 5m", "windw: 5m"),
  });
  const faulty = await check({ cwd: folder });
  done(faulty, 1);
  assert.match(faulty.stdout, /windw/u);
  lay(folder, { "other/package.json": "{}" });
  const lost = await run(
    command[0],
    [...command.slice(1), "check", "--spec", "no such file.yaml"],
    { env, cwd: folder },
  );
  done(lost, 2);
  assert.match(lost.stderr, /no such file\.yaml/u);
}

const bin = (name) => join(import.meta.dirname, "../node_modules", name);

describe("installed", () => {
  test("by npm, which takes the package of this machine only", async () => {
    const folder = project();
    const env = environment(registry.url);
    done(
      await run("npm", ["install", "--save-dev", "inngest-offload"], {
        cwd: folder,
        env,
      }),
    );
    const scope = join(folder, "node_modules/@inngest-offload");
    assert.deepEqual(readdirSync(scope), [packageOf(host).split("/")[1]]);
    const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
    for (const platform of PLATFORMS)
      assert.ok(lock.includes(`node_modules/${packageOf(platform)}"`));
    await works(folder, ["npx", "--no-install", "inngest-offload"], env);
  });

  test("by npm from the two files, with no registry to ask", async () => {
    const folder = project();
    const env = environment();
    const own = packed[PLATFORMS.indexOf(host)];
    done(
      await run(
        "npm",
        ["install", "--offline", packed.at(-1).tarball, own.tarball],
        { cwd: folder, env },
      ),
    );
    await works(folder, ["npx", "--no-install", "inngest-offload"], env);
  });

  test("by npm with `--omit=optional`: says what is missing and why", async () => {
    const folder = project();
    const env = environment(registry.url);
    const command = ["install", "--omit=optional", "inngest-offload"];
    done(await run("npm", command, { cwd: folder, env }));
    const result = await run("npx", ["--no-install", "inngest-offload"], {
      cwd: folder,
      env,
    });
    done(result, 2);
    assert.match(result.stderr, new RegExp(`${packageOf(host)} is not`, "u"));
    assert.match(result.stderr, /--omit=optional/u);
    assert.match(result.stderr, /npm install --include=optional/u);
  });

  test("by pnpm, which links packages", async () => {
    const folder = project();
    const env = environment(registry.url);
    const pnpm = [process.execPath, bin("pnpm/bin/pnpm.cjs")];
    done(
      await run(pnpm[0], [pnpm[1], "add", "-D", "inngest-offload"], {
        cwd: folder,
        env,
      }),
    );
    assert.ok(!existsSync(join(folder, "node_modules/@inngest-offload")));
    await works(folder, [...pnpm, "exec", "inngest-offload"], env);
  });

  test("by Yarn 1, which knows nothing of libc", async () => {
    const folder = project();
    const env = {
      ...environment(registry.url),
      YARN_REGISTRY: registry.url,
      YARN_CACHE_FOLDER: empty(),
    };
    const yarn = [process.execPath, bin("yarn/bin/yarn.js"), "--silent"];
    done(
      await run(yarn[0], [...yarn.slice(1), "add", "-D", "inngest-offload"], {
        cwd: folder,
        env,
      }),
    );
    await works(folder, [...yarn, "inngest-offload"], env);
  });

  test("by Yarn 4 with Plug'n'Play, where there is no node_modules", async () => {
    const folder = project();
    lay(folder, { "yarn.lock": "" });
    const env = {
      ...environment(registry.url),
      YARN_NPM_REGISTRY_SERVER: registry.url,
      YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
      YARN_GLOBAL_FOLDER: empty(),
      YARN_ENABLE_TELEMETRY: "0",
      YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
      YARN_NPM_MINIMAL_AGE_GATE: "0",
    };
    const yarn = [process.execPath, bin("@yarnpkg/cli-dist/bin/yarn.js")];
    done(
      await run(yarn[0], [yarn[1], "add", "-D", "inngest-offload"], {
        cwd: folder,
        env,
      }),
    );
    assert.ok(existsSync(join(folder, ".pnp.cjs")));
    await works(folder, [...yarn, "inngest-offload"], env);
  });
});

test("the schema that is shipped is that of the language", async () => {
  const shipped = readFileSync(join(packed.at(-1).folder, "schema.json"));
  const own = readFileSync(
    join(repository, "spec/inngest-offload.schema.json"),
  );
  assert.ok(shipped.equals(own));
});
