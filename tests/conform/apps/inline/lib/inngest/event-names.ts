export const INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED =
  "background/process.requested";

export const INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED =
  "background/maintenance.requested";
