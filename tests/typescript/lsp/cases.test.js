/**
 * One folder a case: files with marks `⟦name⟧`, and `case.json` with what is asked at them. What comes back is held
 * against `expected.txt`, in both encodings of places; `UPDATE=1` rewrites it: read that diff as a reviewer would.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Session } from "./client.js";
import { edited, positionAt, show, withoutMarks } from "./text.js";

const cases = join(import.meta.dirname, "cases");
const SPEC = "spec/inngest-offload.yaml";

for (const name of readdirSync(cases).sort()) {
  describe(name, () => {
    for (const encoding of ["utf-16", "utf-8"]) {
      test(encoding, (t) => run(t, join(cases, name), encoding));
    }
  });
}

async function run(t, folder, encoding) {
  const { crlf, steps } = JSON.parse(
    readFileSync(join(folder, "case.json"), "utf8"),
  );
  const files = new Map();
  for (const path of list(folder)) {
    if (["case.json", "expected.txt"].includes(path)) continue;
    const text = readFileSync(join(folder, path), "utf8");
    files.set(
      path === "spec.yaml" ? SPEC : path,
      withoutMarks(crlf === true ? text.replaceAll("\n", "\r\n") : text),
    );
  }
  const texts = Object.fromEntries(
    [...files].map(([path, { text }]) => [path, text]),
  );
  const session = await Session.open(t, texts, encoding);
  assert.equal(session.answer.capabilities.positionEncoding, encoding);
  const shower = new Shower(session, texts, encoding);
  for (const path of Object.keys(texts)) {
    await session.openFile(path, texts[path]);
  }
  const told = [];
  for (const step of steps) {
    told.push(`# ${JSON.stringify(step)}\n\n${await take(step)}\n`);
  }
  assert.equal(await session.close(), 0);
  const found = told.join("\n");
  const golden = join(folder, "expected.txt");
  if (process.env.UPDATE === "1" && encoding === "utf-16") {
    writeFileSync(golden, found);
  }
  assert.equal(found, readFileSync(golden, "utf8"));

  async function take(step) {
    if (step.findings !== undefined) {
      const path = step.of ?? SPEC;
      const list = await session.findings(
        path,
        (all, version) =>
          version === session.version(path) && all.length === step.findings,
      );
      return list.map((finding) => shower.finding(path, finding)).join("\n");
    }
    if (step.replace !== undefined) {
      const [old, now] = step.replace;
      const start = texts[SPEC].indexOf(old);
      assert.notEqual(start, -1, old);
      const range = {
        start: positionAt(texts[SPEC], start, encoding),
        end: positionAt(texts[SPEC], start + old.length, encoding),
      };
      const { text } = withoutMarks(now);
      const mark = withoutMarks(now).marks;
      texts[SPEC] =
        texts[SPEC].slice(0, start) +
        text +
        texts[SPEC].slice(start + old.length);
      for (const [name, at] of mark) {
        files.get(SPEC).marks.set(name, start + at);
      }
      await session.change(SPEC, text, range);
      return "";
    }
    const path = [...files].find(([, { marks }]) => marks.has(step.at))?.[0];
    assert.ok(path, `no mark ${step.at}`);
    const uri = session.files.uri(path);
    const position = positionAt(
      texts[path],
      files.get(path).marks.get(step.at),
      encoding,
    );
    const params = { textDocument: { uri }, position };
    switch (step.ask) {
      case "hover":
        return shower.hover(
          path,
          await session.request("textDocument/hover", params),
        );
      case "definition":
      case "references":
        return shower.places(
          await session.request(`textDocument/${step.ask}`, {
            ...params,
            context: { includeDeclaration: true },
          }),
        );
      case "completion":
        return shower.items(
          path,
          await session.request("textDocument/completion", params),
          step.only,
        );
      case "symbols":
        return shower.symbols(
          path,
          await session.request("textDocument/documentSymbol", params),
        );
      case "rename":
        try {
          await session.request("textDocument/prepareRename", params);
          const edit = await session.request("textDocument/rename", {
            ...params,
            newName: step.to,
          });
          return shower.edit(edit);
        } catch (error) {
          return `refused: ${error.message}`;
        }
      case "fixes": {
        const actions = await session.request("textDocument/codeAction", {
          textDocument: { uri },
          range: { start: position, end: position },
          context: { diagnostics: [] },
        });
        return actions
          .map(
            (a) =>
              `${a.title}${a.isPreferred ? " (preferred)" : ""}\n${shower.edit(a.edit)}`,
          )
          .join("\n");
      }
      default:
        throw new Error(`nothing is asked with ${step.ask}`);
    }
  }
}

/** Answers as text. */
class Shower {
  constructor(session, texts, encoding) {
    Object.assign(this, { session, texts, encoding });
  }

  range(path, range) {
    return show(this.texts[path], range, this.encoding);
  }

  path(uri) {
    return relative(this.session.files.root, fileURLToPath(uri));
  }

  place({ uri, range }) {
    const path = this.path(uri);
    return `${path}:${this.range(path, range)}`;
  }

  places(places) {
    return (places ?? []).map((place) => this.place(place)).join("\n");
  }

  finding(path, finding) {
    const related = finding.relatedInformation.map(
      (r) => `\n    ${this.place(r.location)}: ${r.message}`,
    );
    const severity = ["", "error", "warning", "note"][finding.severity];
    assert.match(
      finding.codeDescription.href,
      new RegExp(`/docs/rules\\.md#${finding.code}$`),
    );
    return `${severity}[${finding.code}] ${this.range(path, finding.range)}\n  ${finding.message.replaceAll("\n", "\n  ")}${related.join("")}`;
  }

  hover(path, hover) {
    if (hover === null) return "nothing";
    return `${this.range(path, hover.range)}\n\n${this.#instants(hover.contents.value)}`;
  }

  /** The next keys begin with the window that is now; the instants themselves are of the run. */
  #instants(text) {
    const found = [...text.matchAll(/^\| (\d{4}-\S+Z) \|/gmu)].map(([, at]) =>
      Date.parse(at),
    );
    if (found.length > 0) {
      assert.equal(found.length, 5);
      const size = found[1] - found[0];
      assert.ok(found[0] <= Date.now() && Date.now() < found[1] + 60_000);
      found.forEach((at, i) => {
        assert.equal(at, found[0] + i * size);
        assert.equal(at % size, 0);
      });
    }
    return text
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/gu, "<instant>")
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d/gu, "<minute>");
  }

  items(path, items, only) {
    return items
      .filter((item) => only === undefined || only.includes(item.label))
      .sort((a, b) => (a.sortText < b.sortText ? -1 : 1))
      .map((item) => {
        const about = item.documentation?.value.split("\n")[0] ?? "";
        return `${item.label}${item.detail ? ` (${item.detail})` : ""}: ${this.range(path, item.textEdit.range)} → ${JSON.stringify(item.textEdit.newText)}${about && ` — ${about}`}`;
      })
      .join("\n");
  }

  symbols(path, symbols, depth = 0) {
    return symbols
      .map((symbol) => {
        const detail = symbol.detail ? ` ${symbol.detail}` : "";
        const line = `${"  ".repeat(depth)}${symbol.name}${detail} (${String(symbol.kind)}) ${this.range(path, symbol.selectionRange)}`;
        return [
          line,
          ...(symbol.children.length > 0
            ? [this.symbols(path, symbol.children, depth + 1)]
            : []),
        ].join("\n");
      })
      .join("\n");
  }

  /** The lines that an edit changes. */
  edit({ changes }) {
    const out = [];
    for (const [uri, edits] of Object.entries(changes)) {
      const path = this.path(uri);
      const before = this.texts[path].split("\n");
      const after = edited(this.texts[path], edits, this.encoding).split("\n");
      out.push(path, ...difference(before, after));
    }
    return out.map((line) => line.replaceAll("\r", "␍")).join("\n");
  }
}

function difference(before, after) {
  const out = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (before[i] === after[j]) {
      i += 1;
      j += 1;
    } else if (after.indexOf(before[i], j) > j) {
      out.push(`  + ${after[j]}`);
      j += 1;
    } else {
      if (i < before.length) out.push(`  - ${before[i]}`);
      if (j < after.length) out.push(`  + ${after[j]}`);
      i += 1;
      j += 1;
    }
  }
  return out;
}

function list(folder, prefix = "") {
  return readdirSync(join(folder, prefix)).flatMap((name) => {
    const path = join(prefix, name);
    return statSync(join(folder, path)).isDirectory()
      ? list(folder, path)
      : [path];
  });
}
