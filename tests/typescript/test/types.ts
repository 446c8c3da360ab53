/**
 * What must not compile. This file is never run: `tsc` fails when a line below that is
 * marked as an error is none.
 */
import { dispatchResponseTiming } from "@/lib/inngest/generated/dispatch";
import {
  defineCronAppointmentReconcile,
  defineCronFollowups,
  defineCronResponseTiming,
  type JobFunction,
} from "@/lib/inngest/generated/functions";
import type { JobStatusWriter } from "@/lib/inngest/generated/status";

export const rightParameter: unknown = defineCronAppointmentReconcile(
  ({ event }) => event.data.params?.dryRun?.trim(),
);

export const unknownParameter: unknown = defineCronAppointmentReconcile(
  // @ts-expect-error: the route does not allow this parameter
  ({ event }) => event.data.params?.dryrun,
);

export const noParameters: unknown = defineCronResponseTiming(
  // @ts-expect-error: this offload declares no parameters
  ({ event }) => event.data.params,
);

export const wrongPayload: unknown = defineCronResponseTiming(
  // @ts-expect-error: the window's length is a number
  ({ event }): string => event.data.dispatchWindowSeconds,
);

export const right: JobFunction<"cron-followups"> = defineCronFollowups(
  () => 1,
);

// @ts-expect-error: the function of one job cannot stand for another's
export const mixedUp: JobFunction<"cron-availability"> = defineCronFollowups(
  () => 1,
);

export const rightWriter: JobStatusWriter = ({ status, runId }) =>
  `${status} ${runId}`;

// @ts-expect-error: no record has this field
export const wrongWriter: JobStatusWriter = ({ workspace }) =>
  workspace as unknown;

export const needsAnswer = async (request: Request): Promise<Response> =>
  (await dispatchResponseTiming(request)) ?? new Response("inline");

export const forgotNull = async (request: Request): Promise<Response> =>
  // @ts-expect-error: null means that the route does the work itself
  dispatchResponseTiming(request);

export const wrongOption: unknown = (request: Request) =>
  // @ts-expect-error: an unknown option
  dispatchResponseTiming(request, { clock: Date.now });
