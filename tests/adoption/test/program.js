/** The compiler that is tested: INNGEST_OFFLOAD, by default the release build. */
import { join, resolve } from "node:path";

export const repository = join(import.meta.dirname, "../../..");

export const program = resolve(
  process.env.INNGEST_OFFLOAD ??
    join(repository, "target/release/inngest-offload"),
);
