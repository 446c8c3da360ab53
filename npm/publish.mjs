// Publishes packed packages in the order given, and leaves alone what is published already, so that a release that
// stopped half-way is finished by running it again: `node npm/publish.mjs FILE.tgz…`.
//
// Who publishes is proved by the job's own identity; there is no token. The platforms come first, so that the main
// package never names what is not there.

import { spawnSync } from "node:child_process";

const npm = (...parameters) => {
  const result = spawnSync("npm", parameters, { encoding: "utf8" });
  if (result.error) throw result.error;
  return result;
};

/** Whether this version is there; a fault that is no "not found" ends everything. */
function isPublished(name, version) {
  const { status, stdout, stderr } = npm(
    ...["view", `${name}@${version}`, "version", "--json"],
  );
  if (status === 0) return stdout.trim() !== "";
  if (/E404/u.test(stderr + stdout)) return false;
  throw new Error(`cannot look up ${name}@${version}: ${stderr}`);
}

for (const file of process.argv.slice(2)) {
  const packed = npm("pack", "--dry-run", "--json", file);
  if (packed.status !== 0) throw new Error(`${file}: ${packed.stderr}`);
  const [{ name, version }] = Object.values(JSON.parse(packed.stdout));
  if (isPublished(name, version)) {
    console.log(`${name}@${version} is already published`);
    continue;
  }
  const { status, stdout, stderr } = npm(
    ...["publish", "--access", "public", "--provenance", file],
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  if (status !== 0) throw new Error(`${name}@${version} is not published`);
}
