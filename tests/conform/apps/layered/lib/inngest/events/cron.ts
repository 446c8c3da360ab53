/** One event a cron route. A name is for ever: runs that are queued carry it. */
export const INNGEST_EVENT_CRON_RESPONSE_TIMING_REQUESTED =
  "cron/response-timing.requested" as const;

export const INNGEST_EVENT_CRON_APPOINTMENT_RECONCILE_REQUESTED =
  "cron/appointment-reconcile.requested" as const;

export const INNGEST_EVENT_CRON_FOLLOWUPS_REQUESTED =
  "cron/followups.requested" as const;

export const INNGEST_EVENT_CRON_AVAILABILITY_REQUESTED =
  "cron/availability.requested" as const;

export const INNGEST_EVENT_CRON_EMAILBISON_AVAILABILITY_SLOT_REQUESTED =
  "cron/emailbison-availability-slot.requested" as const;
