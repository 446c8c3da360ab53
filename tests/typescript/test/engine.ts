/**
 * Drives one Inngest function the way the server does: request after request, with the
 * steps so far, until the run ends. What goes over the wire is JSON; of an error only
 * name, message, stack and cause survive, as on the server.
 */
import { randomUUID } from "node:crypto";

type Serve = (request: Request) => Promise<Response>;

interface WireError {
  name: string;
  message: string;
  stack?: string;
  cause?: unknown;
}

interface Operation {
  id: string;
  op: string;
  data?: unknown;
  error?: WireError;
}

export interface Event {
  name: string;
  id?: string;
  ts?: number;
  data: object;
}

export interface RunOptions {
  serve: Serve;
  functionId: string;
  retries: number;
  event: Event;
  runId?: string;

  /** Settles when the process that works on this request dies. */
  death?: (request: number) => Promise<void> | undefined;
}

export interface RunResult {
  runId: string;
  outcome: "completed" | "failed";
  output?: unknown;
  error?: WireError;
  /** How many requests the run took, without those of `onFailure`. */
  requests: number;
  /** The ids of the steps that ended well or were given up. */
  steps: string[];
}

export const APP_ID = "dashboard";

/** What the server answers itself when a process died. */
const DEATH: WireError = {
  name: "Error",
  message: "The connection was closed before an answer came.",
};

/** Runs a function to its end, and its failure handler when it fails. */
export async function run(options: RunOptions): Promise<RunResult> {
  const runId = options.runId ?? randomUUID();
  const result = await execute({ ...options, runId });
  if (result.outcome === "failed") {
    await execute({
      ...options,
      runId: randomUUID(),
      functionId: `${options.functionId}-failure`,
      retries: 1,
      death: () => undefined,
      event: {
        name: "inngest/function.failed",
        data: {
          function_id: `${APP_ID}-${options.functionId}`,
          run_id: runId,
          error: result.error,
          event: options.event,
        },
      },
    });
  }
  return result;
}

async function execute(
  options: RunOptions & { runId: string },
): Promise<RunResult> {
  const steps = new Map<string, { data: unknown } | { error: WireError }>();
  let attempt = 0;
  for (let requests = 1; requests < 100; requests += 1) {
    const end = (
      rest: Pick<RunResult, "outcome" | "output" | "error">,
    ): RunResult => ({
      runId: options.runId,
      requests,
      steps: [...steps.keys()],
      ...rest,
    });
    const response = await Promise.race([
      options.serve(request(options, steps, attempt)),
      options.death?.(requests) ?? new Promise<never>(() => undefined),
    ]);
    const body: unknown =
      response === undefined ? undefined : await response.json();

    if (response?.status === 200) {
      return end({ outcome: "completed", output: body });
    }
    if (response?.status === 206) {
      const [operation] = body as [Operation];
      if (operation.op === "StepError" && attempt < options.retries) {
        attempt += 1;
        continue;
      }
      steps.set(
        operation.id,
        operation.error === undefined
          ? { data: operation.data ?? null }
          : { error: onServer(operation.error) },
      );
      attempt = 0;
      continue;
    }
    const final = response?.headers.get("x-inngest-no-retry") === "true";
    if (final || attempt === options.retries) {
      const error = response === undefined ? DEATH : (body as WireError);
      return end({ outcome: "failed", error: onServer(error) });
    }
    attempt += 1;
  }
  throw new Error("The run does not end.");
}

function request(
  options: RunOptions & { runId: string },
  steps: ReadonlyMap<string, unknown>,
  attempt: number,
): Request {
  const url = new URL("http://localhost/api/inngest");
  url.searchParams.set("fnId", `${APP_ID}-${options.functionId}`);
  url.searchParams.set("stepId", "step");
  return new Request(url, {
    method: "POST",
    headers: { "content-type": "application/json", host: "localhost" },
    body: JSON.stringify({
      version: 1,
      use_api: false,
      event: options.event,
      events: [options.event],
      steps: Object.fromEntries(steps),
      ctx: {
        run_id: options.runId,
        attempt,
        max_attempts: options.retries + 1,
        disable_immediate_execution: false,
        use_api: false,
        stack: { stack: [...steps.keys()], current: steps.size },
      },
    }),
  });
}

function onServer({ name, message, stack, cause }: WireError): WireError {
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: onServer(cause as WireError) }),
  };
}
