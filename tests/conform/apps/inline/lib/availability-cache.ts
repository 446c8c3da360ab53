import { prisma } from "@/lib/prisma";

const MAX_AGE_MINUTES = 10;

export interface AvailabilityResult {
  refreshed: number;
  failed: number;
}

/** Asks the calendars of workspaces whose cached slots are old, and stores the answer. */
export async function refreshAvailabilityCaches(): Promise<AvailabilityResult> {
  const olderThan = new Date(Date.now() - MAX_AGE_MINUTES * 60_000);
  const workspaces = await prisma.workspace.findMany({
    where: {
      active: true,
      OR: [
        { availabilityCache: null },
        { availabilityCache: { refreshedAt: { lt: olderThan } } },
      ],
    },
    take: 25,
  });

  let refreshed = 0;
  let failed = 0;
  for (const workspace of workspaces) {
    try {
      const response = await fetch(`${workspace.calendarUrl}/slots?days=14`, {
        headers: { accept: "application/json" },
      });
      if (!response.ok) {
        throw new Error(`The calendar answered ${response.status}.`);
      }
      const { slots } = (await response.json()) as { slots: string[] };
      await prisma.availabilityCache.upsert({
        where: { workspaceId: workspace.id },
        create: { workspaceId: workspace.id, slots, refreshedAt: new Date() },
        update: { slots, refreshedAt: new Date() },
      });
      refreshed += 1;
    } catch (error) {
      failed += 1;
      console.error("[availability] workspace failed", workspace.id, error);
    }
  }
  return { refreshed, failed };
}
