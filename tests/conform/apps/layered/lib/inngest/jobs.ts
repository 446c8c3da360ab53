import * as events from "@events";

const MINUTE = 60;

export type CronJobConfig = {
  event: CronEventName;
  windowSeconds: number;
  /** Query parameters that a person may replay the job with. */
  params?: readonly string[];
};

export type CronEventName =
  | typeof events.INNGEST_EVENT_CRON_RESPONSE_TIMING_REQUESTED
  | typeof events.INNGEST_EVENT_CRON_APPOINTMENT_RECONCILE_REQUESTED
  | typeof events.INNGEST_EVENT_CRON_FOLLOWUPS_REQUESTED
  | typeof events.INNGEST_EVENT_CRON_AVAILABILITY_REQUESTED
  | typeof events.INNGEST_EVENT_CRON_EMAILBISON_AVAILABILITY_SLOT_REQUESTED;

export const CRON_JOBS = {
  "response-timing": {
    event: events.INNGEST_EVENT_CRON_RESPONSE_TIMING_REQUESTED,
    windowSeconds: 5 * MINUTE,
  },
  "appointment-reconcile": {
    event: events.INNGEST_EVENT_CRON_APPOINTMENT_RECONCILE_REQUESTED,
    windowSeconds: MINUTE,
    params: [
      "workspaceLimit",
      "leadsPerWorkspace",
      "staleDays",
      "clientId",
      "dryRun",
    ],
  },
  followups: {
    event: events.INNGEST_EVENT_CRON_FOLLOWUPS_REQUESTED,
    windowSeconds: MINUTE,
  },
  availability: {
    event: events.INNGEST_EVENT_CRON_AVAILABILITY_REQUESTED,
    windowSeconds: MINUTE,
  },
  "emailbison-availability-slot": {
    event: events.INNGEST_EVENT_CRON_EMAILBISON_AVAILABILITY_SLOT_REQUESTED,
    windowSeconds: MINUTE,
  },
} as const satisfies Record<string, CronJobConfig>;

export type CronJob = keyof typeof CRON_JOBS;
