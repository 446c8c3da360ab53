/**
 * Holds the answers beside the cases of tests/evaluation against those of this Node; `--write` writes them.
 * Cases are told in values of JSON, and in marks for what JSON has not.
 */
import { strict as assert } from "node:assert";
import {
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const folder = join(import.meta.dirname, "../../evaluation");
/** The cases, where packages that they name are found. */
const beside = join(import.meta.dirname, "../.build/evaluation");
const writes = process.argv.includes("--write");

if (new Date().getTimezoneOffset() !== 0)
  throw new Error("the time zone must be UTC: set TZ");

/** @param {unknown} value */
function answer(value) {
  if (value === undefined) return "$undefined";
  if (typeof value === "number") {
    if (Object.is(value, -0)) return "$-0";
    return Number.isFinite(value) ? value : `$${value}`;
  }
  if (value instanceof Date) return { $instant: value.getTime() };
  if (Array.isArray(value)) return Array.from(value, answer);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, answer(item)]),
    );
  }
  assert(
    typeof value !== "function" &&
      typeof value !== "symbol" &&
      typeof value !== "bigint",
  );
  return value;
}

/** The class of an error; those of the browser are told by their names. */
function thrown(error) {
  if (!(error instanceof Error)) return "something";
  return error instanceof DOMException ? error.name : error.constructor.name;
}

async function answers(cases) {
  const all = {};
  for (const [name, run] of Object.entries(cases)) {
    try {
      all[name] = answer(await run());
    } catch (error) {
      all[name] = {
        $throws: thrown(error),
      };
    }
  }
  return all;
}

rmSync(beside, { recursive: true, force: true });
cpSync(folder, beside, { recursive: true });
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .sort()) {
  const made = await answers(
    await import(pathToFileURL(join(beside, file)).href),
  );
  const path = join(folder, file.replace(/\.ts$/, ".json"));
  const text = `${JSON.stringify(made, null, 2)}\n`;
  if (writes) writeFileSync(path, text);
  else
    assert.deepEqual(
      JSON.parse(text),
      JSON.parse(readFileSync(path, "utf8")),
      `${file} has other answers`,
    );
}
