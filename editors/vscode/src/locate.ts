/** Which program the extension starts. It knows nothing of VS Code, so that it can be tested without. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, isAbsolute, join } from "node:path";

/** What decides. */
export interface Place {
  /** The setting `inngestOffload.program`; empty when it is not set. */
  readonly setting: string;

  /** The folders of the workspace, the first one first. */
  readonly folders: readonly string[];

  /** Whether programs of the workspace may be started. */
  readonly trusted: boolean;

  /** The `PATH` of the editor. */
  readonly path: string;

  readonly platform: NodeJS.Platform;
}

/** The program, or why there is none. */
export type Found =
  | {
      readonly program: string;
      readonly from: "setting" | "workspace" | "path";
    }
  | { readonly missing: string };

export function locate(place: Place): Found {
  const { setting, folders, trusted, path, platform } = place;
  if (setting !== "") {
    const program = isAbsolute(setting)
      ? setting
      : join(folders[0] ?? "", setting);
    return existsSync(program)
      ? { program, from: "setting" }
      : {
          missing: `\`inngestOffload.program\` names ${program}, which does not exist.`,
        };
  }
  if (trusted) {
    for (const folder of folders) {
      const program = ofPackage(folder) ?? ofBin(folder, platform);
      if (program !== undefined) return { program, from: "workspace" };
    }
  }
  const name = platform === "win32" ? "inngest-offload.exe" : "inngest-offload";
  const program = path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find((file) => existsSync(file));
  if (program !== undefined) return { program, from: "path" };
  return {
    missing: trusted
      ? "inngest-offload is not installed. Run `npm install --save-dev inngest-offload`, or name the program in `inngestOffload.program`."
      : "The workspace is not trusted, so its own inngest-offload is not started, and there is none on the PATH.",
  };
}

/** The program inside of the npm package, without Node in between: starting it takes a few milliseconds. */
function ofPackage(folder: string): string | undefined {
  const require = createRequire(join(folder, "package.json"));
  try {
    const { binary } = require("inngest-offload") as { binary: () => string };
    return binary();
  } catch {
    return undefined;
  }
}

/** What another package manager, or a version without `binary`, left in `node_modules/.bin`. */
function ofBin(folder: string, platform: NodeJS.Platform): string | undefined {
  // A `.cmd` needs a shell, and a shell reads what it is given; on Windows there is the package.
  if (platform === "win32") return undefined;
  const file = join(folder, "node_modules/.bin/inngest-offload");
  return existsSync(file) ? file : undefined;
}
