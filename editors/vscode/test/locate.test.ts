import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, test } from "node:test";
import { locate, type Place } from "../src/locate.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "inngest offload editor "));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** Writes a file below the folder of the test; returns its path. */
function lay(path: string, text = ""): string {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

const place = (more: Partial<Place>): Place => ({
  setting: "",
  folders: [join(root, "one"), join(root, "two")],
  trusted: true,
  path: [join(root, "empty"), "", join(root, "bin")].join(delimiter),
  platform: "linux",
  ...more,
});

const packageWith = (folder: string, program: string): string =>
  lay(
    `${folder}/node_modules/inngest-offload/index.js`,
    `exports.binary = () => ${program};`,
  );

describe("the program", () => {
  test("is what the setting names, before all else", () => {
    const program = lay("elsewhere/my program");
    packageWith("one", '"/installed"');
    assert.deepEqual(locate(place({ setting: program })), {
      program,
      from: "setting",
    });
  });

  test("is named relative to the first folder", () => {
    const program = lay("one/tools/offload");
    assert.deepEqual(locate(place({ setting: "tools/offload" })), {
      program,
      from: "setting",
    });
  });

  test("that the setting names and is not there is told, and nothing else taken", () => {
    lay("bin/inngest-offload");
    const found = locate(place({ setting: "/no/such" }));
    assert.ok("missing" in found && found.missing.includes("/no/such"));
  });

  test("is that of the package, without Node in between", () => {
    packageWith("two", '"/the/binary"');
    lay("two/node_modules/.bin/inngest-offload");
    lay("bin/inngest-offload");
    assert.deepEqual(locate(place({})), {
      program: "/the/binary",
      from: "workspace",
    });
  });

  test("is what is in .bin when the package does not say", () => {
    packageWith("one", '(() => { throw new Error("not for this system") })()');
    const program = lay("one/node_modules/.bin/inngest-offload");
    assert.deepEqual(locate(place({})), { program, from: "workspace" });
    const windows = locate(place({ platform: "win32" }));
    assert.ok("missing" in windows);
  });

  test("is on the PATH when the workspace has none", () => {
    const program = lay("bin/inngest-offload");
    assert.deepEqual(locate(place({})), { program, from: "path" });
    const other = lay("bin/inngest-offload.exe");
    assert.deepEqual(locate(place({ platform: "win32" })), {
      program: other,
      from: "path",
    });
  });

  test("of a workspace that is not trusted is not loaded, let alone started", () => {
    packageWith("one", 'process.exit(7) ?? ""');
    const found = locate(place({ trusted: false }));
    assert.ok("missing" in found && found.missing.includes("not trusted"));
  });

  test("that is nowhere is told with what to do", () => {
    const found = locate(place({ folders: [] }));
    assert.ok("missing" in found);
    assert.match(found.missing, /npm install --save-dev inngest-offload/u);
  });
});
