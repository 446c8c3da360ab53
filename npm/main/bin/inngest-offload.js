#!/usr/bin/env node
// Finds the program for this machine and becomes it. Node's start is the price of being a package, so this file is
// one, loads nothing that it does not need, and asks the disk as little as it can.
"use strict";

const { accessSync, constants, existsSync } = require("fs");

const NAME = "inngest-offload";
const COULD_NOT_RUN = 2;

/** What a build for glibc is started by; where it is absent, the kernel refuses such a build. */
const GLIBC_LOADERS = {
  x64: "/lib64/ld-linux-x86-64.so.2",
  arm64: "/lib/ld-linux-aarch64.so.1",
};
const MUSL_LOADERS = {
  x64: "/lib/ld-musl-x86_64.so.1",
  arm64: "/lib/ld-musl-aarch64.so.1",
};

/** The packages whose program runs here, the best first. */
function candidates() {
  const { platform, arch } = process;
  const glibc = `@inngest-offload/cli-${platform}-${arch}`;
  if (platform !== "linux" || !GLIBC_LOADERS[arch]) return [glibc];
  // The build for musl is static: it runs everywhere, but its allocator is slower.
  const musl = `${glibc}-musl`;
  if (!existsSync(GLIBC_LOADERS[arch])) return [musl];
  // Both are there where glibc is only imitated, as by gcompat, and where musl is a second libc.
  return existsSync(MUSL_LOADERS[arch]) ? [musl, glibc] : [glibc, musl];
}

function resolve(name) {
  try {
    return require.resolve(
      `${name}/${NAME}${process.platform === "win32" ? ".exe" : ""}`,
    );
  } catch {
    return undefined;
  }
}

/** The path of the program for this machine. Throws an Error that says what is missing and what to do. */
function binary() {
  if (process.env.INNGEST_OFFLOAD_BINARY)
    return process.env.INNGEST_OFFLOAD_BINARY;
  const wanted = candidates();
  for (const name of wanted) {
    const file = resolve(name);
    if (file) return file;
  }
  throw new Error(whyMissing(wanted[0]));
}

function whyMissing(wanted) {
  const { optionalDependencies, version } = require("../package.json");
  const all = Object.keys(optionalDependencies);
  const machine = `${process.platform} ${process.arch}${wanted.endsWith("-musl") ? " with musl" : ""}`;
  if (!all.includes(wanted)) {
    return [
      `there is no build for ${machine}.`,
      `There are builds for ${all.map((name) => name.replace("@inngest-offload/cli-", "")).join(", ")}.`,
      `Build it with \`cargo install ${NAME} --version ${version}\`, and set INNGEST_OFFLOAD_BINARY to the path of the program.`,
    ].join("\n");
  }
  const others = all.filter(resolve);
  const why = others.length
    ? [
        `Installed instead: ${others.join(", ")}. node_modules was installed on or for another system.`,
      ]
    : [
        "It is an optional dependency, which is left out",
        "- if the package manager omits optional dependencies: `--omit=optional`, `--no-optional`, or the same in `.npmrc` or `NPM_CONFIG_OMIT`;",
        "- if the lock file was written on another system and does not contain it.",
      ];
  return [
    `the package ${wanted} is not installed; it contains the program for ${machine}.`,
    ...why,
    "Remove node_modules and install again on this system, with optional dependencies: `npm install --include=optional`.",
    `If it is still missing, the lock file does not contain it: \`npm install --save-dev ${NAME}@${version}\` adds it.`,
  ].join("\n");
}

function fail(message) {
  process.stderr.write(`${NAME}: ${message}\n`);
  process.exit(COULD_NOT_RUN);
}

function run(file, parameters) {
  try {
    accessSync(file, constants.X_OK);
  } catch (fault) {
    fail(
      fault.code === "ENOENT"
        ? `${file} does not exist.`
        : `${file} is not executable: ${fault.message}.\nInstall it again, or run \`chmod +x\` on it.`,
    );
  }
  // The process becomes the program: its signals, its terminal and its exit status are its own, and Node's memory is
  // free. Where that fails, older Nodes abort; so what can be wrong was asked before.
  if (process.execve && process.platform !== "win32")
    process.execve(file, [file, ...parameters]);

  const { spawn } = require("child_process");
  let child;
  // Before there is a program that could be missed by a signal.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"]) {
    // On Windows the console tells both of us, and `kill` would not ask but end.
    process.on(
      signal,
      () => process.platform === "win32" || child.kill(signal),
    );
  }
  child = spawn(file, parameters, { stdio: "inherit" });
  child.on("error", (fault) =>
    fail(`${file} could not be started: ${fault.message}.`),
  );
  child.on("exit", (code, signal) => {
    if (signal === null) process.exit(code);
    // Whoever waits for us shall see how the program ended.
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

exports.binary = binary;

if (require.main === module) {
  let file;
  try {
    file = binary();
  } catch (fault) {
    fail(fault.message);
  }
  run(file, process.argv.slice(2));
}
