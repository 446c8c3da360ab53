import type { MAINTENANCE_REQUESTED, PROCESS_REQUESTED } from "./background";
import type * as cron from "./cron";

export type DispatchEventData = {
  source: string;
  requestedAt: string;
  dispatchKey: string;
  correlationId: string;
  dispatchWindowStart: string;
  dispatchWindowSeconds: number;
};

export type CronDispatchEventData = DispatchEventData & {
  params?: Record<string, string>;
};

type Payload<Data> = { data: Data };

export type InngestEvents = {
  [PROCESS_REQUESTED]: Payload<DispatchEventData>;
  [MAINTENANCE_REQUESTED]: Payload<DispatchEventData>;
  [cron.INNGEST_EVENT_CRON_RESPONSE_TIMING_REQUESTED]: Payload<CronDispatchEventData>;
  [cron.INNGEST_EVENT_CRON_APPOINTMENT_RECONCILE_REQUESTED]: Payload<CronDispatchEventData>;
  [cron.INNGEST_EVENT_CRON_FOLLOWUPS_REQUESTED]: Payload<CronDispatchEventData>;
  [cron.INNGEST_EVENT_CRON_AVAILABILITY_REQUESTED]: Payload<CronDispatchEventData>;
  [cron.INNGEST_EVENT_CRON_EMAILBISON_AVAILABILITY_SLOT_REQUESTED]: Payload<CronDispatchEventData>;
};
