/**
 * What stands between npm and the program: it must not be noticed. A script that tells what it was given takes the
 * program's place. Every test runs both ways to start it, as far as this Node has them: by becoming the program, and
 * by starting it beside itself.
 */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  build,
  empty,
  environment,
  host,
  lay,
  packageOf,
  PLATFORMS,
  programOf,
  run,
  start,
} from "./packages.js";

/** The packages as npm lays them out, with texts as programs; `wanted` are the platforms that are installed. */
function installed(wanted, text) {
  const folder = empty();
  const [main] = build({ binaries: folder, out: folder, only: [] });
  for (const platform of wanted) {
    const path = join("node_modules", packageOf(platform), programOf(platform));
    lay(folder, { [path]: text(platform) }, 0o755);
  }
  return join(main, "bin/inngest-offload.js");
}

const is = (os, cpu, libc) => (it) =>
  it.os === os && it.cpu === cpu && (libc === undefined || it.libc === libc);
const says = (platform) => `#!/bin/sh\necho ${platform.target}\n`;

/** A script of the shell in the program's place. */
function standing(script) {
  const folder = empty();
  lay(folder, { "the program": `#!/bin/sh\n${script}\n` }, 0o755);
  return join(folder, "the program");
}

const bare = installed([], says);
const without = empty();
lay(without, { "without.cjs": "delete process.execve;" });
const ways = [["beside itself", ["--require", join(without, "without.cjs")]]];
if (process.execve) ways.unshift(["by becoming it", []]);

for (const [way, flags] of ways) {
  describe(`started ${way}, the program`, () => {
    const command = (parameters) => [...flags, bare, ...parameters];
    const env = (file) => ({ ...environment(), INNGEST_OFFLOAD_BINARY: file });
    const through = (script, parameters = [], options = {}) =>
      run(process.execPath, command(parameters), {
        env: env(standing(script)),
        ...options,
      });

    test("gets its arguments as they were given", async () => {
      const given = [
        "check",
        "a b",
        "",
        '"',
        "'",
        "$HOME",
        "*",
        "é\n",
        "--x=y",
      ];
      const { status, stdout } = await through(
        `for it in "$@"; do printf '%s\\0' "$it"; done`,
        given,
      );
      assert.equal(status, 0);
      assert.deepEqual(stdout.split("\0").slice(0, -1), given);
    });

    test("is called by its own path", async () => {
      const { stdout } = await through('echo "$0"');
      assert.match(stdout, /\/the program\n$/u);
    });

    test("reads what is sent to it, and ends when that ends", async () => {
      const input = "line\n".repeat(100_000);
      const { status, stdout } = await through("exec cat", [], { input });
      assert.equal(status, 0);
      assert.ok(stdout === input, "what came back is not what was sent");
    });

    test("prints to both streams, and nothing is added", async () => {
      const { stdout, stderr } = await through("echo out; echo err >&2");
      assert.deepEqual([stdout, stderr], ["out\n", "err\n"]);
    });

    test("works where it is called, with the environment", async () => {
      const folder = empty();
      const { stdout } = await through('pwd; echo "$CI"', [], { cwd: folder });
      assert.equal(stdout, `${folder}\ntrue\n`);
    });

    for (const code of [0, 1, 2, 101, 255]) {
      test(`ends with ${code}`, async () => {
        const { status } = await through(`exit ${code}`);
        assert.equal(status, code);
      });
    }

    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) {
      test(`hears ${signal}, and says with what it ends`, async () => {
        const name = signal.slice(3);
        const { child, line, end } = start(process.execPath, command([]), {
          env: env(
            standing(
              `trap 'echo heard; exit 7' ${name}\necho ready\nfor it in $(seq 200); do sleep 0.05; done`,
            ),
          ),
        });
        await line;
        let printed = "";
        child.stdout.on("data", (bytes) => (printed += bytes));
        child.kill(signal);
        assert.deepEqual(await end, { status: 7, signal: null });
        assert.match(printed, /heard/u);
      });

      test(`ends by ${signal}, and so do we`, async () => {
        const { child, line, end } = start(process.execPath, command([]), {
          env: env(
            standing("echo $$\nfor it in $(seq 200); do sleep 0.05; done"),
          ),
        });
        const pid = Number(await line);
        child.kill(signal);
        assert.deepEqual(await end, { status: null, signal });
        assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
      });
    }

    test("ends by a signal of its own, and so do we", async () => {
      const result = await through("kill -KILL $$");
      assert.deepEqual([result.status, result.signal], [null, "SIGKILL"]);
    });

    test("that is not there is told", async () => {
      const { status, stderr } = await run(process.execPath, command([]), {
        env: env("/no/such/program"),
      });
      assert.equal(status, 2);
      assert.equal(
        stderr,
        "inngest-offload: /no/such/program does not exist.\n",
      );
    });

    test("that nobody may execute is told", async () => {
      const folder = empty();
      lay(folder, { program: "#!/bin/sh\n" });
      const file = join(folder, "program");
      const { status, stderr } = await run(process.execPath, command([]), {
        env: env(file),
      });
      assert.equal(status, 2);
      assert.match(stderr, /is not executable/u);
      assert.match(stderr, /run `chmod \+x`/u);
    });
  });
}

test("becoming the program leaves no Node behind", async (t) => {
  if (!process.execve) return t.skip("this Node has no process.execve");
  const { child, line, end } = start(process.execPath, [bare], {
    env: {
      ...environment(),
      INNGEST_OFFLOAD_BINARY: standing("echo $$; cat >/dev/null"),
    },
  });
  assert.equal(Number(await line), child.pid);
  child.stdin.end();
  assert.deepEqual(await end, { status: 0, signal: null });
});

describe("on another machine", () => {
  const ALL = PLATFORMS;
  /** Runs the script as if on that machine, with these files on its disk. */
  const on = (script, platform, arch, loaders = []) => {
    const folder = empty();
    lay(folder, {
      "machine.cjs": `
        Object.defineProperty(process, "platform", { value: ${JSON.stringify(platform)} });
        Object.defineProperty(process, "arch", { value: ${JSON.stringify(arch)} });
        const fs = require("fs");
        fs.existsSync = (file) => ${JSON.stringify(loaders)}.includes(file);
        const { binary } = require(${JSON.stringify(script)});
        try { process.stdout.write(binary()) } catch (fault) { process.stdout.write(fault.message) }`,
    });
    return run(process.execPath, [join(folder, "machine.cjs")], {
      env: environment(),
    }).then(({ stdout }) => stdout);
  };
  const GLIBC = ["/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1"];
  const MUSL = ["/lib/ld-musl-x86_64.so.1", "/lib/ld-musl-aarch64.so.1"];
  const everything = installed(ALL, says);

  for (const [machine, expected] of [
    [["linux", "x64", GLIBC], "cli-linux-x64/inngest-offload"],
    [["linux", "arm64", GLIBC], "cli-linux-arm64/inngest-offload"],
    [["linux", "x64", MUSL], "cli-linux-x64-musl/inngest-offload"],
    [["linux", "arm64", MUSL], "cli-linux-arm64-musl/inngest-offload"],
    [
      ["linux", "x64", [...GLIBC, ...MUSL]],
      "cli-linux-x64-musl/inngest-offload",
    ],
    [["linux", "x64", []], "cli-linux-x64-musl/inngest-offload"],
    [["darwin", "x64"], "cli-darwin-x64/inngest-offload"],
    [["darwin", "arm64"], "cli-darwin-arm64/inngest-offload"],
    [["win32", "x64"], "cli-win32-x64/inngest-offload.exe"],
  ]) {
    test(`${machine.flat().join(" ")}: ${expected}`, async () => {
      const found = await on(everything, ...machine);
      assert.ok(found.endsWith(`/@inngest-offload/${expected}`), found);
    });
  }

  test("a second libc does not hide the package that is installed", async () => {
    const script = installed(ALL.filter(is("linux", "x64", "glibc")), says);
    const found = await on(script, "linux", "x64", [...GLIBC, ...MUSL]);
    assert.match(found, /cli-linux-x64\/inngest-offload$/u);
  });

  test("the static build is taken where only it is installed", async () => {
    const script = installed(ALL.filter(is("linux", "x64", "musl")), says);
    const found = await on(script, "linux", "x64", GLIBC);
    assert.match(found, /cli-linux-x64-musl\/inngest-offload$/u);
  });

  test("node_modules of another system are told for what they are", async () => {
    const script = installed(ALL.filter(is("darwin", "arm64")), says);
    assert.equal(
      await on(script, "linux", "x64", MUSL),
      [
        "the package @inngest-offload/cli-linux-x64-musl is not installed; it contains the program for linux x64 with musl.",
        "Installed instead: @inngest-offload/cli-darwin-arm64. node_modules was installed on or for another system.",
        "Remove node_modules and install again on this system, with optional dependencies: `npm install --include=optional`.",
        `If it is still missing, the lock file does not contain it: \`npm install --save-dev inngest-offload@${version()}\` adds it.`,
      ].join("\n"),
    );
  });

  test("a build for glibc is not started where there is no glibc", async () => {
    const script = installed(ALL.filter(is("linux", "x64", "glibc")), says);
    const told = await on(script, "linux", "x64", MUSL);
    assert.match(told, /cli-linux-x64-musl is not installed/u);
    assert.match(told, /Installed instead: @inngest-offload\/cli-linux-x64\./u);
  });

  test("a system without a build is told which there are", async () => {
    assert.equal(
      await on(everything, "freebsd", "x64"),
      [
        "there is no build for freebsd x64.",
        "There are builds for linux-x64, linux-x64-musl, linux-arm64, linux-arm64-musl, darwin-x64, darwin-arm64, win32-x64.",
        `Build it with \`cargo install inngest-offload --version ${version()}\`, and set INNGEST_OFFLOAD_BINARY to the path of the program.`,
      ].join("\n"),
    );
    assert.match(
      await on(everything, "linux", "riscv64"),
      /no build for linux riscv64/u,
    );
  });
});

function version() {
  return createRequire(bare)("../package.json").version;
}

test("tools that want no Node in between ask for the path", async () => {
  const script = installed(PLATFORMS, says);
  const { binary } = createRequire(import.meta.url)(script);
  const { stdout } = await run(binary(), []);
  assert.equal(stdout, `${host.target}\n`);
});
