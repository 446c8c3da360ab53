/** Our npm packages as they are published, made once for all tests of a file. */
import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build, PLATFORMS, packageOf, programOf } from "../../../npm/build.mjs";
import { program, repository } from "./program.js";

/** The platform of this machine. */
export const host = PLATFORMS.find(
  ({ os, cpu, libc }) =>
    os === process.platform &&
    cpu === process.arch &&
    (libc === undefined || libc === ownLibc()),
);

function ownLibc() {
  process.report.excludeNetwork = true;
  const { glibcVersionRuntime } = process.report.getReport().header;
  return glibcVersionRuntime ? "glibc" : "musl";
}

const folders = [];
process.on("exit", () => {
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone when the tests end. */
export function empty() {
  const folder = mkdtempSync(join(tmpdir(), "inngest-offload adoption "));
  folders.push(folder);
  return folder;
}

/** Writes files of a folder by path; a program is written with `executable`. */
export function lay(folder, files, mode = 0o644) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  }
}

/** A folder of binaries: the program of this machine, and for the others a text that says what it stands for. */
export function binaries() {
  const folder = empty();
  for (const platform of PLATFORMS) {
    const file = join(folder, platform.target, programOf(platform));
    mkdirSync(dirname(file), { recursive: true });
    if (platform === host) copyFileSync(program, file);
    else writeFileSync(file, `the program for ${platform.target}\n`);
  }
  return folder;
}

/** Builds and packs all packages: the manifest and the tarball of each, the main package last. */
export async function pack() {
  const out = empty();
  const folders = build({ binaries: binaries(), out });
  const { stdout } = await run("npm", ["pack", "--json", ...folders], {
    cwd: out,
  });
  const packed = Object.values(JSON.parse(stdout));
  return folders.map((folder, i) => ({
    folder,
    files: packed[i].files.map(({ path }) => path),
    manifest: JSON.parse(readFileSync(join(folder, "package.json"), "utf8")),
    tarball: join(out, packed[i].filename),
  }));
}

/** The environment without what package managers are told on this machine. */
export function environment(registry) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm|pnpm|yarn|inngest_offload|node_options)/iu.test(name),
  );
  const home = empty();
  return {
    ...Object.fromEntries(kept),
    HOME: home,
    npm_config_cache: join(home, "npm"),
    npm_config_userconfig: join(home, "npmrc"),
    npm_config_globalconfig: join(home, "globalrc"),
    npm_config_update_notifier: "false",
    npm_config_audit: "false",
    npm_config_fund: "false",
    // Nothing listens there: whatever is asked of a registry that no test has started fails.
    npm_config_registry: registry ?? "http://127.0.0.1:9",
    npm_config_fetch_retries: "0",
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    CI: "true",
  };
}

/** Runs a program to its end: exit status or signal, and what it printed. */
export function run(command, parameters, { input, ...options } = {}) {
  return new Promise((done) => {
    const child = execFile(
      command,
      parameters,
      { maxBuffer: 1 << 26, ...options },
      (fault, stdout, stderr) => {
        const status = child.exitCode ?? (fault ? fault.code : 0);
        done({ status, signal: child.signalCode, stdout, stderr });
      },
    );
    // Whoever ends before it has read everything wants no more.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input ?? "");
  });
}

/** Starts a program that goes on; `line` waits for what it prints, `end` for its end. */
export function start(command, parameters, options = {}) {
  const child = spawn(command, parameters, {
    stdio: ["pipe", "pipe", "inherit"],
    ...options,
  });
  const end = new Promise((done) =>
    child.on("exit", (status, signal) => done({ status, signal })),
  );
  let seen = "";
  const line = new Promise((done, fail) => {
    child.stdout.on("data", (bytes) => {
      seen += bytes;
      if (seen.includes("\n")) done(seen.slice(0, seen.indexOf("\n")));
    });
    child.on("exit", () => fail(new Error(`ended after ${seen}`)));
  });
  return { child, line, end };
}

/** A spec without findings. */
export const SPEC = readFileSync(join(repository, "src/rule/example.yaml"), {
  encoding: "utf8",
});

export { PLATFORMS, packageOf, programOf, build };
