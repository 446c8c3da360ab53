import { createLogger } from "@/lib/logger";
import prisma from "@/lib/prisma";

const logger = createLogger("appointment-reconcile");

export interface ReconcileOptions {
  workspaceLimit: number;
  leadsPerWorkspace: number;
  staleDays: number;
  clientId: string | null;
  dryRun: boolean;
}

const numberOr = (text: string | undefined, fallback: number): number => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : fallback;
};

export function reconcileOptions(
  params: Record<string, string> = {},
): ReconcileOptions {
  const { workspaceLimit, leadsPerWorkspace, staleDays, clientId, dryRun } =
    params;
  return {
    workspaceLimit: numberOr(workspaceLimit, 20),
    leadsPerWorkspace: numberOr(leadsPerWorkspace, 100),
    staleDays: numberOr(staleDays, 3),
    clientId: clientId ?? null,
    dryRun: ["1", "true"].includes(dryRun ?? ""),
  };
}

/** Brings our appointments back in line with the calendars of the workspaces. */
export async function runAppointmentReconcile(options: ReconcileOptions) {
  const cutoff = new Date();
  cutoff.setUTCDate(cutoff.getUTCDate() - options.staleDays);

  const workspaces: { id: string }[] = await prisma.workspace.findMany({
    where: options.clientId === null ? {} : { id: options.clientId },
    take: options.workspaceLimit,
  });
  let drifted = 0;
  for (const { id: workspaceId } of workspaces) {
    const appointments = await prisma.appointment.findMany({
      where: { workspaceId, checkedAt: { lt: cutoff } },
      take: options.leadsPerWorkspace,
    });
    for (const { id, status, upstreamStatus } of appointments) {
      if (status === upstreamStatus) continue;
      drifted += 1;
      if (options.dryRun) continue;
      await prisma.appointment.update({
        where: { id },
        data: { status: upstreamStatus, checkedAt: new Date() },
      });
    }
  }
  logger.info("reconciled", { drifted, dryRun: options.dryRun });
  return { workspaces: workspaces.length, drifted, dryRun: options.dryRun };
}
