/**
 * A client as editors have one: the protocol's own library over the standard streams of the server.
 *
 * INNGEST_OFFLOAD is the server; by default the release build.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const compiler =
  process.env.INNGEST_OFFLOAD ??
  join(import.meta.dirname, "../../../target/release/inngest-offload");

/** A folder with files, which is gone when the test is over. */
export function folder(t, files) {
  const root = mkdtempSync(join(tmpdir(), "inngest-offload-lsp-"));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  return {
    root,
    write,
    path: (path) => join(root, path),
    uri: (path) => pathToFileURL(join(root, path)).href,
  };
}

/** Starts a server in a folder, without a word. */
export function start(t, root, extra = []) {
  const child = spawn(compiler, ["lsp", "--stdio", ...extra], { cwd: root });
  const exit = new Promise((resolve) => child.on("exit", resolve));
  let log = "";
  child.stderr.on("data", (data) => (log += data));
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onError(() => undefined);
  t.after(() => child.kill());
  return { child, connection, exit, log: () => log };
}

/** Everything that a rich client says of itself. */
export const capabilities = (encoding) => ({
  general: {
    positionEncodings: encoding === "utf-8" ? ["utf-8", "utf-16"] : ["utf-16"],
  },
  textDocument: { completion: { completionItem: { snippetSupport: true } } },
  workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
});

/** A session that is under way. */
export class Session {
  static async open(t, files, encoding = "utf-16", { folders, extra } = {}) {
    const session = new Session();
    session.files = folder(t, files);
    const server = start(t, session.files.root, extra);
    Object.assign(session, server);
    session.told = new Map();
    session.waiting = new Set();
    session.registered = [];
    session.versions = new Map();
    const { connection } = server;
    connection.onNotification("textDocument/publishDiagnostics", (params) => {
      session.told.set(params.uri, params);
      for (const look of session.waiting) look();
    });
    connection.onNotification("window/logMessage", () => undefined);
    connection.onRequest("client/registerCapability", (params) => {
      session.registered.push(...params.registrations);
      return null;
    });
    connection.listen();
    const roots = folders ?? ["."];
    session.answer = await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: roots.map((name) => ({
        name,
        uri: session.files.uri(name),
      })),
      capabilities: capabilities(encoding),
    });
    await connection.sendNotification("initialized", {});
    return session;
  }

  request(method, params) {
    return this.connection.sendRequest(method, params);
  }

  notify(method, params) {
    return this.connection.sendNotification(method, params);
  }

  openFile(path, text) {
    const uri = this.files.uri(path);
    this.versions.set(uri, 1);
    const languageId = path.endsWith("yaml") ? "yaml" : "typescript";
    return this.notify("textDocument/didOpen", {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Replaces a part of a text, or all of it; gives the version of the new text. */
  async change(path, text, range) {
    const uri = this.files.uri(path);
    const version = this.versions.get(uri) + 1;
    this.versions.set(uri, version);
    await this.notify("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
    return version;
  }

  /** The version of a text that is open. */
  version(path) {
    return this.versions.get(this.files.uri(path));
  }

  save(path) {
    return this.notify("textDocument/didSave", {
      textDocument: { uri: this.files.uri(path) },
    });
  }

  /** The findings of a file, once they are as expected. */
  async findings(path, isExpected, patience = 30_000) {
    const uri = this.files.uri(path);
    const find = () => {
      const told = this.told.get(uri);
      return told !== undefined && isExpected(told.diagnostics, told.version)
        ? told.diagnostics
        : undefined;
    };
    const now = find();
    if (now !== undefined) return now;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const last = JSON.stringify(this.told.get(uri), null, 1);
        reject(new Error(`not told of ${path}; last: ${last}\n${this.log()}`));
      }, patience);
      const look = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      this.waiting.add(look);
    });
  }

  /** Ends it as clients should; gives the exit code. */
  async close() {
    await this.request("shutdown");
    await this.notify("exit");
    return this.exit;
  }
}
