import { prisma } from "@/lib/prisma";

export interface AvailabilitySlotResult {
  campaigns: number;
  updated: number;
  failed: number;
}

/** Writes the next free slot into the first-touch emails that are about to go out. */
export async function processFirstTouchAvailability(): Promise<AvailabilitySlotResult> {
  const campaigns = await prisma.campaign.findMany({
    where: { provider: "emailbison", status: "active" },
    include: { workspace: { include: { availabilityCache: true } } },
  });

  let updated = 0;
  let failed = 0;
  for (const campaign of campaigns) {
    const slot = campaign.workspace.availabilityCache?.slots[0];
    if (slot === undefined) {
      failed += 1;
      continue;
    }
    const { count } = await prisma.offeredSlot.updateMany({
      where: { campaignId: campaign.id, sentAt: null },
      data: { slot },
    });
    updated += count;
  }
  return { campaigns: campaigns.length, updated, failed };
}
