/** Starts `inngest-offload lsp` and connects it with the editor. All knowledge of contracts is in the program. */
import * as vscode from "vscode";
import {
  type Executable,
  LanguageClient,
  type LanguageClientOptions,
} from "vscode-languageclient/node";
import { locate } from "./locate.js";

let client: LanguageClient | undefined;

export async function activate(
  context: vscode.ExtensionContext,
): Promise<void> {
  const output = vscode.window.createOutputChannel("Inngest Offload", {
    log: true,
  });
  const restart = async (): Promise<void> => {
    await stop();
    await start(output);
  };
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("inngestOffload.restart", restart),
    vscode.commands.registerCommand("inngestOffload.showOutput", () => {
      output.show();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((change) =>
      change.affectsConfiguration("inngestOffload.program")
        ? restart()
        : undefined,
    ),
  );
  await start(output);
}

export function deactivate(): Promise<void> {
  return stop();
}

async function start(output: vscode.LogOutputChannel): Promise<void> {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === "file")
    .map(({ uri }) => uri.fsPath);
  const found = locate({
    setting: vscode.workspace
      .getConfiguration("inngestOffload")
      .get("program", "")
      .trim(),
    folders,
    trusted: vscode.workspace.isTrusted,
    path: process.env["PATH"] ?? "",
    platform: process.platform,
  });
  if ("missing" in found) {
    output.warn(found.missing);
    void vscode.window.showWarningMessage(found.missing);
    return;
  }
  output.info(`starting ${found.program}, from the ${found.from}`);
  const server: Executable = {
    command: found.program,
    args: ["lsp"],
    ...(folders[0] !== undefined && { options: { cwd: folders[0] } }),
  };
  const file = (language: string, pattern?: string) => ({
    scheme: "file",
    language,
    ...(pattern !== undefined && { pattern }),
  });
  const options: LanguageClientOptions = {
    documentSelector: [
      file("yaml", "**/inngest-offload.{yaml,yml}"),
      file("typescript"),
      file("typescriptreact"),
    ],
    outputChannel: output,
  };
  client = new LanguageClient(
    "inngestOffload",
    "Inngest Offload",
    server,
    options,
  );
  try {
    await client.start();
  } catch (fault) {
    client = undefined;
    const message = `${found.program} could not be started as a language server: ${String(fault)}`;
    output.error(message);
    void vscode.window.showErrorMessage(message);
  }
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}
