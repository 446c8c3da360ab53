import { NextResponse } from "next/server";

import type { DispatchEventData } from "@events";

export const DISPATCH_MODE = Object.freeze({
  dispatched: "dispatch-only",
  misconfigured: "dispatch-misconfigured",
  failed: "dispatch-failed",
});

export type DispatchOutcome = keyof typeof DISPATCH_MODE;

const STATUS: Record<DispatchOutcome, number> = {
  dispatched: 202,
  misconfigured: 503,
  failed: 503,
};

const ERRORS: Partial<Record<DispatchOutcome, string>> = {
  misconfigured: "Inngest is not configured; the job did not run.",
  failed: "Inngest did not take the event; the job did not run.",
};

export interface SentEvent {
  name: string;
  id: string;
}

export interface DispatchDetails {
  dispatch: DispatchEventData;
  events: SentEvent[];
  publishedEventIds?: string[];
}

/** The body of every answer of a route that only dispatches. */
export function dispatchResponse(
  outcome: DispatchOutcome,
  { dispatch, events, publishedEventIds }: DispatchDetails,
): Response {
  const error = ERRORS[outcome];
  return NextResponse.json(
    {
      mode: DISPATCH_MODE[outcome],
      dispatch,
      ...(events.length === 1 ? { event: events[0] } : { events }),
      ...(publishedEventIds && { publishedEventIds }),
      ...(error && { error }),
      timestamp: new Date().toISOString(),
    },
    { status: STATUS[outcome], headers: { "cache-control": "no-store" } },
  );
}
