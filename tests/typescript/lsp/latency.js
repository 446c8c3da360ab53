/**
 * How long findings and completion take after a keystroke: `node lsp/latency.js`. Nobody types faster than this
 * waits, so a pause before the findings is part of what is measured.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { many } from "./examples.js";
import { Session } from "./client.js";
import { positionAt } from "./text.js";

const SPEC = "spec/inngest-offload.yaml";
const own = readFileSync(join(import.meta.dirname, "../../..", SPEC), "utf8");
const after = [];
const t = { after: (end) => after.push(end) };

for (const [name, text, rounds] of [
  ["our own contract", own, 30],
  ["1,000 offloads", many(1_000), 10],
]) {
  const session = await Session.open(t, { [SPEC]: text });
  await session.openFile(SPEC, text);
  await session.findings(SPEC, () => true, 120_000);
  const place = text.indexOf("name: ") + "name: ".length;
  const position = positionAt(text, place, "utf-16");
  const range = { start: position, end: position };
  const times = { findings: [], completion: [], hover: [] };
  for (let i = 0; i < rounds; i += 1) {
    const began = performance.now();
    const version = await session.change(SPEC, "x", range);
    const textDocument = { uri: session.files.uri(SPEC) };
    await session.request("textDocument/completion", {
      textDocument,
      position,
    });
    times.completion.push(performance.now() - began);
    await session.findings(SPEC, (_, told) => told === version, 120_000);
    times.findings.push(performance.now() - began);
    const asked = performance.now();
    await session.request("textDocument/hover", { textDocument, position });
    times.hover.push(performance.now() - asked);
  }
  for (const [what, all] of Object.entries(times)) {
    all.sort((a, b) => a - b);
    const of = (share) =>
      all[Math.min(all.length - 1, Math.floor(all.length * share))].toFixed(1);
    console.log(`${name}, ${what}: median ${of(0.5)} ms, slowest ${of(1)} ms`);
  }
  await session.close();
}
for (const end of after) end();
