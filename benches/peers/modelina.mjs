// Models of TypeScript from a folder of JSON Schemas, by Modelina's documented interface.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TypeScriptGenerator } from "@asyncapi/modelina";

const [from, to] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
const generator = new TypeScriptGenerator({ modelType: "interface" });
for (const file of readdirSync(from)) {
  const models = await generator.generate(
    JSON.parse(readFileSync(join(from, file), "utf8")),
  );
  for (const { modelName, result } of models)
    writeFileSync(join(to, `${modelName}.ts`), result);
}
