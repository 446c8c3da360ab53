/**
 * Copies the applications of tests/conform to where the packages are that they import, and
 * gives them a database client that finds nothing and remembers what it is asked for.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const apps = join(here, "../.build/conform");
const client = join(apps, "node_modules/@prisma/client");

rmSync(apps, { recursive: true, force: true });
cpSync(join(here, "../../conform/apps"), apps, { recursive: true });
mkdirSync(client, { recursive: true });
writeFileSync(join(client, "package.json"), '{ "main": "index.js" }\n');
writeFileSync(
  join(client, "index.js"),
  `const answers = {
  findMany: () => [],
  groupBy: () => [],
  count: () => 0,
  create: ({ data }) => data,
  createMany: () => ({ count: 0 }),
  update: ({ data }) => data,
  updateMany: () => ({ count: 0 }),
  deleteMany: () => ({ count: 0 }),
};
const calls = (globalThis.databaseCalls ??= []);
const model = (name) =>
  new Proxy({}, {
    get: (_, method) => async (args) => {
      calls.push({ model: name, method, args });
      globalThis.databaseFault?.(name, method, args);
      return answers[method]?.(args) ?? null;
    },
  });
exports.PrismaClient = class {
  constructor() {
    const raw = async () => [];
    return new Proxy(this, {
      get: (_, name) => (String(name).startsWith("$") ? raw : model(name)),
    });
  }
};
`,
);
