import { prisma } from "@/lib/prisma";

export interface ReconcileOptions {
  workspaceLimit: number;
  leadsPerWorkspace: number;
  staleDays: number;
  clientId?: string;
  dryRun: boolean;
}

export interface ReconcileResult {
  workspaces: number;
  checked: number;
  corrected: number;
  dryRun: boolean;
}

export const RECONCILE_DEFAULTS = {
  workspaceLimit: 10,
  leadsPerWorkspace: 50,
  staleDays: 7,
} as const;

function positiveInteger(text: string | undefined, fallback: number): number {
  const value = Number.parseInt(text ?? "", 10);
  return Number.isFinite(value) && value > 0 ? value : fallback;
}

/** Turns the texts of a query into options; what is not given has its default. */
export function parseReconcileOptions(
  params: Record<string, string> | undefined,
): ReconcileOptions {
  return {
    workspaceLimit: positiveInteger(
      params?.workspaceLimit,
      RECONCILE_DEFAULTS.workspaceLimit,
    ),
    leadsPerWorkspace: positiveInteger(
      params?.leadsPerWorkspace,
      RECONCILE_DEFAULTS.leadsPerWorkspace,
    ),
    staleDays: positiveInteger(params?.staleDays, RECONCILE_DEFAULTS.staleDays),
    clientId: params?.clientId,
    dryRun: params?.dryRun === "true",
  };
}

/** Compares our appointments with the calendars they came from, and corrects ours. */
export async function runAppointmentReconcile(
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  const staleBefore = new Date(
    Date.now() - options.staleDays * 24 * 60 * 60 * 1000,
  );
  const workspaces = await prisma.workspace.findMany({
    where: options.clientId ? { id: options.clientId } : { active: true },
    orderBy: { lastReconciledAt: "asc" },
    take: options.workspaceLimit,
  });

  let checked = 0;
  let corrected = 0;
  for (const workspace of workspaces) {
    const leads = await prisma.lead.findMany({
      where: {
        workspaceId: workspace.id,
        appointments: { some: { reconciledAt: { lt: staleBefore } } },
      },
      include: { appointments: true },
      take: options.leadsPerWorkspace,
    });
    for (const lead of leads) {
      for (const appointment of lead.appointments) {
        checked += 1;
        if (appointment.status === appointment.calendarStatus) {
          continue;
        }
        corrected += 1;
        if (!options.dryRun) {
          await prisma.appointment.update({
            where: { id: appointment.id },
            data: {
              status: appointment.calendarStatus,
              reconciledAt: new Date(),
            },
          });
        }
      }
    }
    if (!options.dryRun) {
      await prisma.workspace.update({
        where: { id: workspace.id },
        data: { lastReconciledAt: new Date() },
      });
    }
  }

  console.log("[appointment-reconcile] done", { checked, corrected });
  return {
    workspaces: workspaces.length,
    checked,
    corrected,
    dryRun: options.dryRun,
  };
}
