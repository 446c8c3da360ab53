// What a release is checked for before anything is built: `node npm/release.mjs v1.2.3` fails when the tag is not the
// version of Cargo.toml or the changelog has no heading for it, and prints what the changelog says of it.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest } from "./build.mjs";

/** The lines of the changelog under the heading of a version; an Error when there is no such heading or nothing under it. */
export function notes(changelog, version) {
  const sections = changelog.split(/^## /mu).slice(1);
  const own = sections.find(
    (section) => section.split("\n")[0].split(" ")[0] === version,
  );
  if (!own) throw new Error(`CHANGELOG.md has no heading \`## ${version}\``);
  const text = own.slice(own.indexOf("\n")).trim();
  if (!text) throw new Error(`CHANGELOG.md has no text for ${version}`);
  return text;
}

/** The version that a tag stands for; an Error when the package has another one. */
export function versionOf(tag, version) {
  if (tag !== `v${version}`)
    throw new Error(
      `the tag is \`${tag}\`, but the version in Cargo.toml is \`${version}\``,
    );
  return version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), "..");
  try {
    const version = versionOf(process.argv[2], manifest().version);
    const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
    console.log(notes(changelog, version));
  } catch (fault) {
    console.error(`not a release: ${fault.message}`);
    process.exit(1);
  }
}
