import { cronAppointmentReconcile } from "./appointment-reconcile";
import { cronAvailability } from "./availability";
import cronEmailbisonAvailabilitySlot from "./emailbison-availability-slot";
import { cronFollowups } from "./followups";
import { cronResponseTiming } from "./response-timing";

export { backgroundFunctions } from "./background";

export const cronFunctions = [
  cronResponseTiming,
  cronAppointmentReconcile,
  cronFollowups,
  cronAvailability,
  cronEmailbisonAvailabilitySlot,
];
