// Writes the npm packages: one that people install, and one a platform, which npm chooses from.
//
//   node npm/build.mjs --binaries DIR --out DIR [--only TARGET,…]
//
// DIR of binaries holds a folder a target triple with the program in it, as `cargo build --target` leaves it. All
// targets have to be there; `--only` is for tests, which have the program of one machine: the main package names all
// the same. The same binaries make the same bytes. Needs nothing but Node.

import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const NAME = "inngest-offload";

/** What is built: the target of cargo, and what npm knows it by. */
export const PLATFORMS = [
  {
    target: "x86_64-unknown-linux-gnu",
    os: "linux",
    cpu: "x64",
    libc: "glibc",
  },
  {
    target: "x86_64-unknown-linux-musl",
    os: "linux",
    cpu: "x64",
    libc: "musl",
  },
  {
    target: "aarch64-unknown-linux-gnu",
    os: "linux",
    cpu: "arm64",
    libc: "glibc",
  },
  {
    target: "aarch64-unknown-linux-musl",
    os: "linux",
    cpu: "arm64",
    libc: "musl",
  },
  { target: "x86_64-apple-darwin", os: "darwin", cpu: "x64" },
  { target: "aarch64-apple-darwin", os: "darwin", cpu: "arm64" },
  { target: "x86_64-pc-windows-msvc", os: "win32", cpu: "x64" },
];

/** The package of a platform. */
export const packageOf = ({ os, cpu, libc }) =>
  `@inngest-offload/cli-${os}-${cpu}${libc === "musl" ? "-musl" : ""}`;

/** The file of the program on a platform. */
export const programOf = ({ os }) => `${NAME}${os === "win32" ? ".exe" : ""}`;

/** What `Cargo.toml` says of the package; the only place that says it. */
export function manifest() {
  const text = readFileSync(join(root, "Cargo.toml"), "utf8");
  const section = text.slice(text.indexOf("[package]")).split(/\n\[/)[0];
  const value = (key) => {
    const found = new RegExp(`^${key} = (.+)$`, "m").exec(section);
    if (!found) throw new Error(`Cargo.toml has no \`${key}\` under [package]`);
    // Strings and lists of strings are the same in TOML and JSON, as far as they are used here.
    return JSON.parse(found[1]);
  };
  return Object.fromEntries(
    ["version", "description", "license", "repository", "keywords"].map(
      (key) => [key, value(key)],
    ),
  );
}

function said() {
  const { version, description, license, repository, keywords } = manifest();
  return {
    version,
    description,
    // npm reads SPDX expressions in brackets.
    license: `(${license})`,
    keywords,
    homepage: `${repository}#readme`,
    bugs: `${repository}/issues`,
    repository: { type: "git", url: `git+${repository}.git` },
    publishConfig: { access: "public", provenance: true },
  };
}

function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(
      file,
      typeof content === "string"
        ? content
        : `${JSON.stringify(content, null, 2)}\n`,
    );
  }
}

function copy(from, to, mode) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  // Archives of CI forget who may execute a file.
  chmodSync(to, mode);
}

const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"];

function mainPackage(folder) {
  const { keywords, ...rest } = said();
  write(folder, {
    "package.json": {
      name: NAME,
      ...rest,
      keywords,
      engines: { node: ">=18" },
      bin: { [NAME]: `bin/${NAME}.js` },
      main: `./bin/${NAME}.js`,
      types: "./index.d.ts",
      exports: {
        ".": { types: "./index.d.ts", default: `./bin/${NAME}.js` },
        "./schema.json": "./schema.json",
        "./report.schema.json": "./report.schema.json",
        "./package.json": "./package.json",
      },
      files: [
        `bin/${NAME}.js`,
        "index.d.ts",
        "schema.json",
        "report.schema.json",
        ...LICENCES,
      ],
      optionalDependencies: Object.fromEntries(
        PLATFORMS.map((platform) => [packageOf(platform), rest.version]),
      ),
    },
  });
  copy(
    join(here, `main/bin/${NAME}.js`),
    join(folder, `bin/${NAME}.js`),
    0o755,
  );
  copy(join(here, "main/index.d.ts"), join(folder, "index.d.ts"), 0o644);
  copy(
    join(root, "spec/inngest-offload.schema.json"),
    join(folder, "schema.json"),
    0o644,
  );
  copy(
    join(root, "docs/report.schema.json"),
    join(folder, "report.schema.json"),
    0o644,
  );
  for (const file of ["README.md", ...LICENCES])
    copy(join(root, file), join(folder, file), 0o644);
}

function platformPackage(folder, platform, binary) {
  const { keywords: _, description: __, ...rest } = said();
  const { target, os, cpu, libc } = platform;
  write(folder, {
    "package.json": {
      name: packageOf(platform),
      ...rest,
      description: `The program of ${NAME} for ${target}; install \`${NAME}\`, which chooses it.`,
      os: [os],
      cpu: [cpu],
      ...(libc && { libc: [libc] }),
      // Yarn keeps packages in archives, out of which nothing can be executed.
      preferUnplugged: true,
      files: [programOf(platform), ...LICENCES],
    },
    "README.md": `# ${packageOf(platform)}\n\nThe program of [${NAME}](${rest.homepage}) for ${target}.\nInstall \`${NAME}\`, which chooses it.\n`,
  });
  copy(binary, join(folder, programOf(platform)), 0o755);
  for (const file of LICENCES)
    copy(join(root, file), join(folder, file), 0o644);
}

/** Writes the packages below `out`, each in a folder named like it without the scope; returns the folders. */
export function build({ binaries, out, only }) {
  const platforms = only
    ? PLATFORMS.filter(({ target }) => only.includes(target))
    : PLATFORMS;
  const unknown = (only ?? []).filter(
    (target) => !platforms.some((platform) => platform.target === target),
  );
  if (unknown.length) throw new Error(`no such target: ${unknown.join(", ")}`);
  const sources = platforms.map((platform) =>
    join(binaries, platform.target, programOf(platform)),
  );
  const missing = sources.filter((file) => !existsSync(file));
  if (missing.length)
    throw new Error(`these binaries are missing:\n  ${missing.join("\n  ")}`);

  const folders = [];
  const folderFor = (name) => {
    const folder = join(out, name.replace(/^@.*\//, ""));
    rmSync(folder, { recursive: true, force: true });
    folders.push(folder);
    return folder;
  };
  // The platforms first: in this order they are published, so that the main package never names what is not there.
  platforms.forEach((platform, i) =>
    platformPackage(folderFor(packageOf(platform)), platform, sources[i]),
  );
  mainPackage(folderFor(NAME));
  return folders;
}

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const { values } = parseArgs({
    options: {
      binaries: { type: "string" },
      out: { type: "string" },
      only: { type: "string" },
    },
  });
  if (!values.binaries || !values.out) {
    console.error(
      "usage: node npm/build.mjs --binaries DIR --out DIR [--only TARGET,…]",
    );
    process.exit(2);
  }
  try {
    for (const folder of build({ ...values, only: values.only?.split(",") }))
      console.log(folder);
  } catch (fault) {
    console.error(`npm/build.mjs: ${fault.message}`);
    process.exit(1);
  }
}
