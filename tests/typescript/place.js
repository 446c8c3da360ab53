/**
 * Puts what the compiler generated where the two applications expect it: GENERATED_V3 and
 * GENERATED_V4 are the roots it was told to write to, with `lib/inngest/generated` and
 * `lib/inngest/functions` in them.
 */
import { cpSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";

for (const major of ["3", "4"]) {
  const root = process.env[`GENERATED_V${major}`];
  if (root === undefined) {
    throw new Error(`GENERATED_V${major} says where the compiler wrote to.`);
  }
  for (const folder of ["generated", "functions"]) {
    const from = join(root, "lib/inngest", folder);
    const to = join(import.meta.dirname, `v${major}/lib/inngest`, folder);
    if (!existsSync(from)) {
      throw new Error(`${from} does not exist.`);
    }
    rmSync(to, { recursive: true, force: true });
    cpSync(from, to, { recursive: true });
  }
}
