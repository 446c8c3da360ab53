import {
  reconcileOptions,
  runAppointmentReconcile,
} from "@/lib/appointment-reconcile-runner";

import { createCronFunction } from "./create";

export const cronAppointmentReconcile = createCronFunction({
  job: "appointment-reconcile",
  options: { name: "Cron: appointment reconcile" },
  work: ({ params }) => runAppointmentReconcile(reconcileOptions(params)),
});
