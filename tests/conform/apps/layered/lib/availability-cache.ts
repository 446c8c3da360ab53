import prisma from "@/lib/prisma";

type Workspace = { id: string; calendarUrl: string };

async function fetchSlots({ calendarUrl }: Workspace): Promise<string[]> {
  const response = await fetch(new URL("/v2/slots", calendarUrl));
  if (!response.ok) {
    throw new Error(`calendar: ${response.status}`);
  }
  const body = (await response.json()) as { slots?: string[] };
  return body.slots ?? [];
}

/** Refreshes the slots of every active workspace; one that fails keeps its old ones. */
export async function refreshAvailability() {
  const workspaces: Workspace[] = await prisma.workspace.findMany({
    where: { active: true },
  });
  const outcomes = await Promise.allSettled(
    workspaces.map(async (workspace) => {
      const slots = await fetchSlots(workspace);
      await prisma.availabilityCache.upsert({
        where: { workspaceId: workspace.id },
        create: { workspaceId: workspace.id, slots },
        update: { slots, refreshedAt: new Date() },
      });
    }),
  );
  const refreshed = outcomes.filter(({ status }) => status === "fulfilled");
  return { workspaces: workspaces.length, refreshed: refreshed.length };
}
