import { serve } from "inngest/next";

import { appointmentReconcile } from "@/inngest/appointment-reconcile";
import { availability } from "@/inngest/availability";
import {
  backgroundMaintenance,
  processBackgroundJobs,
} from "@/inngest/background-jobs";
import { emailbisonAvailabilitySlot } from "@/inngest/emailbison-availability-slot";
import { followups } from "@/inngest/followups";
import { responseTiming } from "@/inngest/response-timing";
import { inngest } from "@/lib/inngest/client";

export const maxDuration = 300;

export const { GET, POST, PUT } = serve({
  client: inngest,
  functions: [
    processBackgroundJobs,
    backgroundMaintenance,
    responseTiming,
    appointmentReconcile,
    followups,
    availability,
    emailbisonAvailabilitySlot,
  ],
});
