/** What was generated, as text: it parses, it stands alone, and it holds what the spec says. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import ts from "typescript";

import { SDK } from "@/sdk";

const ROOT = join(import.meta.dirname, `../v${String(SDK)}`);

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(".ts"));
}

const GENERATED = [
  ...files("lib/inngest/generated"),
  ...files("everything/generated"),
];
const HANDLERS = [
  ...files("lib/inngest/functions"),
  ...files("everything/handlers"),
];

function parse(path: string): ts.SourceFile {
  const text = readFileSync(join(ROOT, path), "utf8");
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function visit(node: ts.Node, on: (node: ts.Node) => void): void {
  on(node);
  node.forEachChild((child) => {
    visit(child, on);
  });
}

test("there is something to look at", () => {
  assert.equal(GENERATED.length, 16);
  assert.equal(HANDLERS.length, 13);
});

for (const path of GENERATED) {
  describe(path, () => {
    test("each declaration can be emitted without the others", () => {
      const text = readFileSync(join(ROOT, path), "utf8");
      const { diagnostics } = ts.transpileDeclaration(text, {
        fileName: path,
        reportDiagnostics: true,
        compilerOptions: { isolatedDeclarations: true, strict: true },
      });
      assert.deepEqual(
        diagnostics?.map(({ messageText }) => messageText),
        [],
      );
    });

    test("every export has a doc comment", () => {
      const source = parse(path);
      for (const statement of source.statements) {
        const exported = ts.canHaveModifiers(statement)
          ? (ts.getModifiers(statement) ?? []).some(
              ({ kind }) => kind === ts.SyntaxKind.ExportKeyword,
            )
          : false;
        if (exported) {
          const comments = ts.getJSDocCommentsAndTags(statement);
          assert.ok(comments.length > 0, statement.getText().slice(0, 80));
        }
      }
    });

    test("it imports nothing but the SDK, the team's modules and itself", () => {
      for (const statement of parse(path).statements) {
        if (ts.isImportDeclaration(statement)) {
          const from = (statement.moduleSpecifier as ts.StringLiteral).text;
          assert.match(from, /^(?:server-only$|inngest$|@\/|\.\.?\/)/u);
        }
      }
    });

    test("nothing hides from a reader", () => {
      const text = readFileSync(join(ROOT, path), "utf8");
      // Controls but for the line feed, bidirectional marks, separators, zero width.
      const hidden =
        /[\0-\t\v-\x1f\x7f-\x9f\u{ad}\u{61c}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{2069}\u{feff}]/u;
      assert.doesNotMatch(text, hidden);
    });
  });
}

test("no text of the spec acts as a directive", () => {
  for (const path of [...GENERATED, ...HANDLERS]) {
    const source = parse(path) as ts.SourceFile & {
      commentDirectives?: unknown[];
      checkJsDirective?: unknown;
    };
    assert.equal(source.commentDirectives, undefined, path);
    assert.equal(source.checkJsDirective, undefined, path);
    assert.deepEqual(source.referencedFiles, [], path);
  }
});

test("literals equal the texts of the spec", () => {
  const texts = new Set<string>();
  for (const path of [...GENERATED, ...HANDLERS]) {
    visit(parse(path), (node) => {
      if (ts.isStringLiteralLike(node)) {
        texts.add(node.text);
      }
    });
  }
  for (const text of [
    "Says \"yes\" or 'no', `maybe`, ${x}, */, </script>, \\, \0",
    'phase "1"',
    'the day it\'s "all" too much',
    'job a\'s "name"',
    'It\'s "A" </script>',
    "Does `a` ${x} */ \\ \u2028 漢字",
    'event.data.dispatchKey + "it\'s"',
    "'a shared key'",
    'two/second\'s "quoted" `${event}`',
    "someone/else's.event",
    "queued 'soon'",
    "dispatched-metadata",
    "it's",
    'say "x"',
    "</script>",
    "\u2028",
    "漢字",
    "filter[x]",
  ]) {
    assert.ok(texts.has(text), JSON.stringify(text));
  }
});
