import type { DispatchEventData } from "@events";

import { LAST_ATTEMPT } from "./options";
import { RunLedger, type StepTools } from "./run-status";

export interface FailureContext {
  event: { data: { run_id: string; event: { data: DispatchEventData } } };
  error: { name: string; message: string };
  step: StepTools;
}

/** Inngest calls this once, when the retries are spent. */
export function recordFailure(jobName: string) {
  return async ({ event, error, step }: FailureContext): Promise<void> => {
    const { run_id: runId, event: original } = event.data;
    const ledger = new RunLedger(jobName, original.data, {
      runId,
      attempt: LAST_ATTEMPT,
    });
    await step.run(`${jobName}/failed`, () =>
      ledger.write("failed", {
        finishedAt: new Date().toISOString(),
        error: { name: error.name, message: error.message },
      }),
    );
  };
}
