/** How sessions begin, go on and end, whatever the client does. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { folder, Session, start } from "./client.js";
import { application, many, spec as agreed } from "./examples.js";
import { offsetAt, positionAt } from "./text.js";

const SPEC = "spec/inngest-offload.yaml";
const clean = `version: 1
name: session
offloads:
  nightly-report:
    kind: cron
    priority: P1
    route: /api/cron/nightly-report
    schedule: "*/5 * * * *"
    window: 5m
    owners: [app/api/cron/nightly-report/route.ts]
rollout:
  - { offload: nightly-report, step: convert }
`;
const at = (session, text, word) => ({
  textDocument: { uri: session.files.uri(SPEC) },
  position: positionAt(text, text.indexOf(word) + 1, "utf-16"),
});

describe("the life of a session", () => {
  test("nothing is answered before it is initialized", async (t) => {
    const { root } = folder(t, { [SPEC]: clean });
    const { connection, exit } = start(t, root);
    connection.listen();
    await assert.rejects(
      connection.sendRequest("textDocument/hover", {}),
      (error) => error.code === -32002,
    );
    // Notifications before it are nothing, too.
    await connection.sendNotification("textDocument/didSave", {});
    const answer = await connection.sendRequest("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    assert.equal(answer.capabilities.positionEncoding, "utf-16");
    await assert.rejects(
      connection.sendRequest("initialize", { capabilities: {} }),
      (error) => error.code === -32600,
    );
    await connection.sendRequest("shutdown");
    await assert.rejects(
      connection.sendRequest("textDocument/hover", {}),
      (error) => error.code === -32600,
    );
    await connection.sendNotification("exit");
    assert.equal(await exit, 0);
  });

  test("leaving without a word is exit code 1", async (t) => {
    const left = await Session.open(t, { [SPEC]: clean });
    await left.notify("exit");
    assert.equal(await left.exit, 1);
    const gone = await Session.open(t, { [SPEC]: clean });
    gone.child.stdin.end();
    assert.equal(await gone.exit, 1);
  });

  test("what cannot be answered is refused, and the session goes on", async (t) => {
    const session = await Session.open(t, { [SPEC]: clean });
    await session.openFile(SPEC, clean);
    await assert.rejects(
      session.request("textDocument/unheardOf", {}),
      (error) => error.code === -32601,
    );
    await assert.rejects(
      session.request("textDocument/hover", { textDocument: 1 }),
      (error) => error.code === -32602,
    );
    await session.notify("textDocument/didChange", { nonsense: true });
    for (const uri of ["untitled:1", "file:///nowhere/x.ts", "nonsense"]) {
      const params = {
        textDocument: { uri },
        position: { line: 5, character: 5 },
      };
      assert.equal(await session.request("textDocument/hover", params), null);
      assert.deepEqual(
        await session.request("textDocument/completion", params),
        [],
      );
    }
    // Places that no text has.
    for (const position of [
      { line: 0, character: 9_999 },
      { line: 9_999, character: 0 },
    ]) {
      const params = {
        textDocument: { uri: session.files.uri(SPEC) },
        position,
      };
      await session.request("textDocument/hover", params);
      await session.request("textDocument/completion", params);
    }
    assert.notEqual(
      await session.request("textDocument/hover", at(session, clean, "window")),
      null,
    );
    assert.equal(await session.close(), 0);
  });

  test("a request that was taken back is told so", async (t) => {
    const text = many(300);
    const session = await Session.open(t, { [SPEC]: text });
    await session.openFile(SPEC, text);
    // Work that takes a while, so that what follows waits.
    await session.change(SPEC, `${text}# changed\n`);
    const params = at(session, text, "window");
    const slow = session.request("textDocument/documentSymbol", params);
    const source = new CancellationTokenSource();
    const taken = session.connection.sendRequest(
      "textDocument/hover",
      params,
      source.token,
    );
    source.cancel();
    await assert.rejects(taken, (error) => error.code === -32800);
    await slow;
    assert.notEqual(await session.request("textDocument/hover", params), null);
    assert.equal(await session.close(), 0);
  });
});

describe("texts", () => {
  test("many small changes come to the same as the whole text", async (t) => {
    const text = `# ü 😀\n${clean}`.replaceAll("\n", "\r\n");
    for (const encoding of ["utf-16", "utf-8"]) {
      const session = await Session.open(t, { [SPEC]: text }, encoding);
      await session.openFile(SPEC, text);
      let now = text;
      let seed = 7;
      const random = (below) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        return seed % below;
      };
      const pieces = [
        "😀",
        "ü",
        "\r\n",
        "\n  ",
        "a: ",
        "{",
        "}",
        '"',
        "- ",
        "#",
        "[",
        "",
      ];
      for (let i = 0; i < 300; i += 1) {
        const [a, b] = [random(now.length), random(now.length)].sort(
          (x, y) => x - y,
        );
        // Places are between characters and not inside of a line end.
        const place = (offset) => {
          const { line, character } = positionAt(now, offset, encoding);
          return offsetAt(now, { line, character }, encoding);
        };
        const whole = (offset) => {
          let from = place(offset);
          if (/[\udc00-\udfff]/u.test(now[from] ?? "")) from -= 1;
          if (now.charCodeAt(from) >= 0xdc00 && now.charCodeAt(from) < 0xe000)
            from -= 1;
          if (now[from] === "\n" && now[from - 1] === "\r") from -= 1;
          return from;
        };
        const start = whole(a);
        const end = Math.max(start, whole(Math.min(b, a + 6)));
        const piece = pieces[random(pieces.length)];
        const range = {
          start: positionAt(now, start, encoding),
          end: positionAt(now, end, encoding),
        };
        await session.change(SPEC, piece, range);
        now = now.slice(0, start) + piece + now.slice(end);
      }
      const typed = await session.request(
        "textDocument/documentSymbol",
        at(session, clean, "version"),
      );
      const version = session.version(SPEC);
      const findings = await session.findings(
        SPEC,
        (_, told) => told === version,
      );
      const next = await session.change(SPEC, now);
      const whole = await session.request(
        "textDocument/documentSymbol",
        at(session, clean, "version"),
      );
      assert.deepEqual(typed, whole);
      assert.deepEqual(
        await session.findings(SPEC, (_, told) => told === next),
        findings,
      );
      // And back to a text that is well, on the way of a person who mends it.
      const last = await session.change(SPEC, text);
      assert.deepEqual(
        await session.findings(SPEC, (all, told) => told === last),
        [],
      );
      assert.equal(await session.close(), 0);
    }
  });

  test("while a text is broken, the last good one helps", async (t) => {
    const session = await Session.open(t, { [SPEC]: clean });
    await session.openFile(SPEC, clean);
    await session.findings(SPEC, (all) => all.length === 0);
    const broken = `${clean}x: [`;
    await session.change(SPEC, broken);
    const hover = await session.request(
      "textDocument/hover",
      at(session, broken, "5m"),
    );
    assert.match(hover.contents.value, /From the last version without errors/);
    assert.match(hover.contents.value, /next keys/);
    const definition = await session.request(
      "textDocument/definition",
      at(session, broken, "nightly-report, step"),
    );
    assert.equal(definition.length, 1);
    assert.equal(await session.close(), 0);
  });

  test("a text that was closed is the file again", async (t) => {
    const session = await Session.open(t, { [SPEC]: clean });
    await session.openFile(SPEC, `${clean}x: 1\n`);
    await session.findings(SPEC, (all) => all.length === 1);
    await session.notify("textDocument/didClose", {
      textDocument: { uri: session.files.uri(SPEC) },
    });
    await session.findings(SPEC, (all) => all.length === 0);
    assert.equal(await session.close(), 0);
  });
});

describe("code", () => {
  const route = "app/api/cron/nightly-report/route.ts";
  const disagrees = application[route].replace(
    "const WINDOW_SECONDS = 300",
    "const WINDOW_SECONDS = 60",
  );
  assert.notEqual(disagrees, application[route]);

  test("is held against the contract when something is saved", async (t) => {
    const session = await Session.open(t, { [SPEC]: agreed, ...application });
    await session.openFile(SPEC, agreed);
    await session.openFile(route, application[route]);
    await session.findings(SPEC, (all) => all.length === 0);
    session.files.write(route, disagrees);
    await session.change(route, disagrees);
    await session.save(route);
    const [finding] = await session.findings(route, (all) => all.length > 0);
    assert.equal(finding.source, "inngest-offload");
    assert.ok(
      finding.relatedInformation.some(
        ({ location }) => location.uri === session.files.uri(SPEC),
      ),
    );
    // It can be accepted from there: the edit is one of the spec.
    const actions = await session.request("textDocument/codeAction", {
      textDocument: { uri: session.files.uri(route) },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
    assert.ok(
      actions.some(
        ({ edit }) => Object.keys(edit.changes)[0] === session.files.uri(SPEC),
      ),
    );
    session.files.write(route, application[route]);
    await session.change(route, application[route]);
    await session.save(route);
    await session.findings(route, (all) => all.length === 0);
    assert.equal(await session.close(), 0);
  });

  test("is told as `check` tells it", async (t) => {
    const files = { [SPEC]: agreed, ...application, [route]: disagrees };
    const session = await Session.open(t, files);
    const told = await session.findings(route, (all) => all.length > 0);
    const compiler =
      process.env.INNGEST_OFFLOAD ??
      join(import.meta.dirname, "../../../target/release/inngest-offload");
    let report;
    try {
      execFileSync(compiler, ["check", "--format", "json"], {
        cwd: session.files.root,
      });
    } catch (error) {
      report = JSON.parse(error.stdout);
    }
    const of = report.findings.filter(({ file }) => file === route);
    assert.deepEqual(
      told.map(({ code, range }) => [code, range.start.line + 1]).sort(),
      of.map(({ rule, start: { line } }) => [rule, line]).sort(),
    );
    assert.equal(await session.close(), 0);
  });

  test("that changes beside the editor is looked at again", async (t) => {
    const session = await Session.open(t, { [SPEC]: agreed, ...application });
    await session.findings(SPEC, (all) => all.length === 0);
    // What was asked of the client came before this answer.
    await session.request("textDocument/hover", at(session, agreed, "window"));
    const [{ method, registerOptions }] = session.registered;
    assert.equal(method, "workspace/didChangeWatchedFiles");
    assert.ok(
      registerOptions.watchers.some(({ globPattern }) =>
        globPattern.includes("vercel"),
      ),
    );
    session.files.write("vercel.json", "{");
    await session.notify("workspace/didChangeWatchedFiles", {
      changes: [{ uri: session.files.uri("vercel.json"), type: 1 }],
    });
    await session.findings("vercel.json", (all) => all.length === 1);
    // The spec itself goes, and comes back.
    const spec = session.files.path(SPEC);
    renameSync(spec, `${spec}.old`);
    const changed = { changes: [{ uri: session.files.uri(SPEC), type: 3 }] };
    await session.notify("workspace/didChangeWatchedFiles", changed);
    await session.findings(SPEC, (all) => all.length === 1);
    renameSync(`${spec}.old`, spec);
    await session.notify("workspace/didChangeWatchedFiles", changed);
    await session.findings(SPEC, (all) => all.length === 0);
    assert.equal(await session.close(), 0);
  });
});

describe("several contracts", () => {
  const other = clean.replace("name: session", "nam: other");
  test("each folder has its own, and one is found from a file in it", async (t) => {
    const files = {
      [`a/${SPEC}`]: clean,
      [`b/${SPEC}`]: other,
      [`c/${SPEC}`]: other,
      "c/lib/x.ts": "export {};\n",
    };
    const session = await Session.open(t, files, "utf-16", {
      folders: ["a", "b"],
    });
    await session.findings(`a/${SPEC}`, (all) => all.length === 0);
    await session.findings(`b/${SPEC}`, (all) => all.length === 2);
    assert.equal(session.told.has(session.files.uri(`c/${SPEC}`)), false);
    await session.openFile("c/lib/x.ts", files["c/lib/x.ts"]);
    await session.findings(`c/${SPEC}`, (all) => all.length === 2);
    await session.notify("workspace/didChangeWorkspaceFolders", {
      event: {
        added: [],
        removed: [{ uri: session.files.uri("b"), name: "b" }],
      },
    });
    await session.findings(`b/${SPEC}`, (all) => all.length === 0);
    assert.equal(await session.close(), 0);
  });

  test("a spec that is made while the editor is open is taken on when it is saved", async (t) => {
    const session = await Session.open(t, { "package.json": "{}" });
    await session.openFile(SPEC, other);
    session.files.write(SPEC, other);
    assert.ok(existsSync(session.files.path(SPEC)));
    await session.save(SPEC);
    await session.findings(SPEC, (all) => all.length === 2);
    assert.equal(await session.close(), 0);
  });

  test("the one that was asked for is the one", async (t) => {
    const files = { "elsewhere/contract.yaml": other, [SPEC]: clean };
    const extra = ["--spec", "elsewhere/contract.yaml", "--root", "."];
    const session = await Session.open(t, files, "utf-16", { extra });
    await session.findings(
      "elsewhere/contract.yaml",
      (all) => all.length === 2,
    );
    assert.equal(readFileSync(session.files.path(SPEC), "utf8"), clean);
    assert.equal(await session.close(), 0);
  });
});
