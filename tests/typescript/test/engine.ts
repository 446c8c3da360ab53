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
  /** The id of the client. */
  app?: string;
  functionId: string;
  retries: number;
  event: Event;
  runId?: string;

  /** Lets SDK 4 report steps on the way, and go on in the same request. */
  checkpoints?: boolean;

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

type Outcome = Pick<RunResult, "outcome" | "output" | "error">;

type Steps = Map<string, { data: unknown } | { error: WireError }>;

/** Runs a function to its end, and its failure handler when it fails. */
export async function run(options: RunOptions): Promise<RunResult> {
  const runId = options.runId ?? randomUUID();
  const result = await new Run(options, runId).execute();
  if (result.outcome === "failed") {
    await follow(options, runId, "failure", 1, {
      name: "inngest/function.failed",
      data: { error: result.error },
    });
  }
  return result;
}

/** What the server does after it has cancelled a run. */
export async function cancel(
  options: RunOptions & { runId: string },
): Promise<RunResult> {
  return follow(options, options.runId, "cancelled", 3, {
    name: "inngest/function.cancelled",
    data: {},
  });
}

/** Runs the function that follows the end of another one's run. */
function follow(
  options: RunOptions,
  runId: string,
  suffix: string,
  retries: number,
  { name, data }: Event,
): Promise<RunResult> {
  const { serve, app, functionId, event } = options;
  const ended = {
    function_id: `${app ?? APP_ID}-${functionId}`,
    run_id: runId,
  };
  const follower: RunOptions = {
    serve,
    functionId: `${functionId}-${suffix}`,
    retries,
    event: { name, data: { ...data, ...ended, event } },
    ...(app === undefined ? {} : { app }),
  };
  return new Run(follower, randomUUID()).execute();
}

class Run {
  private readonly steps: Steps = new Map();
  private attempt = 0;
  private requests = 0;

  private readonly options: RunOptions;
  private readonly runId: string;

  constructor(options: RunOptions, runId: string) {
    this.options = options;
    this.runId = runId;
  }

  async execute(): Promise<RunResult> {
    const stop = this.interceptCheckpoints();
    try {
      for (;;) {
        const outcome = await this.advance("step");
        if (outcome !== undefined) {
          return {
            runId: this.runId,
            requests: this.requests,
            steps: [...this.steps.keys()],
            ...outcome,
          };
        }
      }
    } finally {
      stop();
    }
  }

  /** One request; what it says when it ends the run. */
  private async advance(stepId: string): Promise<Outcome | undefined> {
    this.requests += 1;
    if (this.requests > 100) {
      throw new Error("The run does not end.");
    }
    const response = await Promise.race([
      this.options.serve(this.request(stepId)),
      this.options.death?.(this.requests) ??
        new Promise<never>(() => undefined),
    ]);
    const body: unknown =
      response === undefined ? undefined : await response.json();
    if (response?.status === 200) {
      return { outcome: "completed", output: body };
    }
    if (response?.status === 206) {
      return this.take(body as Operation[]);
    }
    const final = response?.headers.get("x-inngest-no-retry") === "true";
    if (final || this.attempt === this.options.retries) {
      const error = response === undefined ? DEATH : (body as WireError);
      return { outcome: "failed", error: onServer(error) };
    }
    this.attempt += 1;
    return undefined;
  }

  /** Notes what steps a request tells of. */
  private async take(operations: Operation[]): Promise<Outcome | undefined> {
    for (const { id, op, data, error } of operations) {
      if (op === "RunComplete") {
        return { outcome: "completed", output: data };
      }
      if (op === "StepPlanned") {
        // Steps side by side: each is asked for on its own.
        while (!this.steps.has(id)) {
          await this.advance(id);
        }
        continue;
      }
      if (op === "StepError" && this.attempt < this.options.retries) {
        this.attempt += 1;
        return undefined;
      }
      this.steps.set(
        id,
        error === undefined
          ? { data: data ?? null }
          : { error: onServer(error) },
      );
    }
    this.attempt = 0;
    return undefined;
  }

  private request(stepId: string): Request {
    const { app = APP_ID, functionId, event, retries } = this.options;
    const url = new URL("http://localhost/api/inngest");
    url.searchParams.set("fnId", `${app}-${functionId}`);
    url.searchParams.set("stepId", stepId);
    return new Request(url, {
      method: "POST",
      headers: { "content-type": "application/json", host: "localhost" },
      body: JSON.stringify({
        version: 1,
        use_api: false,
        event,
        events: [event],
        steps: Object.fromEntries(this.steps),
        ctx: {
          run_id: this.runId,
          attempt: this.attempt,
          max_attempts: retries + 1,
          disable_immediate_execution: false,
          use_api: false,
          stack: { stack: [...this.steps.keys()], current: this.steps.size },
          ...(this.options.checkpoints && { fn_id: "1", qi_id: "2" }),
        },
      }),
    });
  }

  private interceptCheckpoints(): () => void {
    if (!this.options.checkpoints) {
      return () => undefined;
    }
    const real = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      if (!new URL(request.url).pathname.includes("/checkpoint/")) {
        return real(request);
      }
      const { steps } = (await request.json()) as { steps: Operation[] };
      await this.take(steps);
      return Response.json({});
    };
    return () => {
      globalThis.fetch = real;
    };
  }
}

function onServer({ name, message, stack, cause }: WireError): WireError {
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(cause === undefined ? {} : { cause: onServer(cause as WireError) }),
  };
}
