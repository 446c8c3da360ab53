import { findDue, send } from "@/lib/reports";
import { defineCronReports } from "../generated/functions";

export const cronReports = defineCronReports(async ({ step }) => {
  const due = await step.run("find", () => findDue());
  const sent = await step.run("send", () => (due.length > 0 ? send(due) : 0));
  return { sent };
});
