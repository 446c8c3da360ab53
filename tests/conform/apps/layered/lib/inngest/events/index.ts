export * from "./cron";
export {
  MAINTENANCE_REQUESTED as INNGEST_EVENT_BACKGROUND_MAINTENANCE_REQUESTED,
  PROCESS_REQUESTED as INNGEST_EVENT_BACKGROUND_PROCESS_REQUESTED,
} from "./background";
export type {
  CronDispatchEventData,
  DispatchEventData,
  InngestEvents,
} from "./payloads";
