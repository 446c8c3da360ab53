/**
 * The official parser finds nothing to say of any `asyncapi.yaml`, and every example is what its schema
 * says (draft-07, strict).
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";

import { Parser } from "@asyncapi/parser";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

import { compile, many } from "./contracts.js";

const repository = join(import.meta.dirname, "../../..");
const read = (folder) =>
  readFileSync(join(repository, folder, "asyncapi.yaml"), "utf8");

const documents = {
  "our own": read("generated/docs/inngest"),
  everything: read("tests/cases/everything/expected/files/everything/docs"),
  hostile: read("tests/hostile_contract/docs"),
  "200 offloads": readFileSync(
    join(compile("asyncapi", many(200)), "asyncapi.yaml"),
    "utf8",
  ),
};

/** What the parser says, of every severity: errors, warnings, information and hints. */
async function parse(text) {
  const { document, diagnostics } = await new Parser().parse(text);
  const said = diagnostics.map(
    ({ code, path, message }) => `${code} at ${path.join("/")}: ${message}`,
  );
  return { document, said };
}

for (const [name, text] of Object.entries(documents)) {
  describe(name, () => {
    test("it is AsyncAPI 3.0, of which the parser only says that 3.1 is there", async () => {
      const { document, said } = await parse(text);
      assert.equal(document?.version(), "3.0.0");
      assert.equal(said.length, 1);
      assert.match(said[0], /^asyncapi-latest-version at asyncapi: /u);
    });

    test("as AsyncAPI 3.1, the parser says nothing at all", async () => {
      const later = text.replace(/^asyncapi: 3\.0\.0$/mu, "asyncapi: 3.1.0");
      const { document, said } = await parse(later);
      assert.deepEqual(said, []);
      assert.equal(document?.version(), "3.1.0");
    });

    test("each event is sent by one operation and taken by one, with examples that are valid", async () => {
      const { document } = await parse(text);
      const ajv = new Ajv({
        strict: true,
        allErrors: true,
        ownProperties: true,
      });
      addFormats(ajv);
      // The parser leaves notes of its own.
      ajv.addVocabulary(["x-parser-schema-id"]);
      const channels = document.channels().all();
      assert.ok(channels.length > 0);
      for (const channel of channels) {
        const actions = channel.operations().all();
        assert.deepEqual(actions.map((one) => one.action()).sort(), [
          "receive",
          "send",
        ]);
        for (const operation of actions) {
          assert.ok(operation.title() && operation.description());
        }
        const [message] = channel.messages().all();
        const payload = ajv.compile(message.payload().json());
        const headers = ajv.compile(message.headers().json());
        const examples = message.examples().all();
        for (const example of examples) {
          assert.ok(payload(example.payload()), ajv.errorsText(payload.errors));
          assert.ok(headers(example.headers()), ajv.errorsText(headers.errors));
        }
        assert.ok(examples.length > 0, channel.id());
      }
    });
  });
}

test("what is wrong is found", async () => {
  const broken = documents["our own"].replace(
    /^( +)action: send$/mu,
    "$1action: sent",
  );
  const { said } = await parse(broken);
  assert.ok(
    said.some((line) => line.includes("action")),
    said.join("\n"),
  );
});
