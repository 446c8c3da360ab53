export const INNGEST_EVENT_CRON_NIGHTLY_REPORT_REQUESTED = "cron/nightly-report.requested" as const;
