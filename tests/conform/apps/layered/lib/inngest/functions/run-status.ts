import type { DispatchEventData } from "@events";
import { type JobState, writeInngestJobStatus } from "@/lib/inngest/job-status";

export interface StepTools {
  run<T>(id: string, work: () => Promise<T>): Promise<unknown>;
}

export interface RunContext {
  event: { data: DispatchEventData };
  step: StepTools;
  runId: string;
  attempt: number;
}

type Extra = {
  startedAt?: string;
  finishedAt?: string;
  durationMs?: number;
  error?: { name: string; message: string };
};

/** The rows of one run. */
export class RunLedger {
  constructor(
    private readonly jobName: string,
    private readonly data: DispatchEventData,
    private readonly run: { runId: string; attempt: number },
  ) {}

  async write(status: JobState, extra: Extra): Promise<void> {
    const { dispatchKey, correlationId, requestedAt } = this.data;
    await writeInngestJobStatus({
      jobName: this.jobName,
      status,
      dispatchKey,
      correlationId,
      requestedAt,
      ...this.run,
      ...extra,
    });
  }
}

/**
 * Does the work of a job between two rows of the ledger. Everything is inside of steps: a
 * replay neither repeats a row nor takes another time.
 */
export async function trackRun<T>(
  jobName: string,
  { event, step, runId, attempt }: RunContext,
  work: () => Promise<T>,
): Promise<unknown> {
  const ledger = new RunLedger(jobName, event.data, { runId, attempt });

  const startedAt = (await step.run(`${jobName}/running`, async () => {
    const now = new Date().toISOString();
    await ledger.write("running", { startedAt: now });
    return now;
  })) as string;

  const result = await step.run(`${jobName}/work`, work);

  await step.run(`${jobName}/succeeded`, async () => {
    const end = new Date();
    await ledger.write("succeeded", {
      startedAt,
      finishedAt: end.toISOString(),
      durationMs: end.getTime() - Date.parse(startedAt),
    });
  });
  return result;
}
