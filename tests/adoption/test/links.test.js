/** Links of the pages to files of this repository, and to headings in them, lead somewhere. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { repository } from "./program.js";

const pages = [".", "docs", "npm", "benches", "editors/vscode"]
  .flatMap((folder) =>
    readdirSync(join(repository, folder)).map((name) =>
      join(repository, folder, name),
    ),
  )
  .filter((file) => file.endsWith(".md"));

/** The names that GitHub gives to headings. */
const anchors = (file) =>
  new Set(
    [...readFileSync(file, "utf8").matchAll(/^#+ (.+)$/gmu)].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

for (const page of pages) {
  test(relative(repository, page), () => {
    const text = readFileSync(page, "utf8").replace(/^```[\s\S]*?^```/gmu, "");
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/gu)) {
      if (/^[a-z]+:/u.test(link)) continue;
      const [path, anchor] = link.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      assert.ok(existsSync(file), `${link} does not exist`);
      if (anchor !== undefined && statSync(file).isFile())
        assert.ok(anchors(file).has(anchor), `${link} has no such heading`);
    }
  });
}
