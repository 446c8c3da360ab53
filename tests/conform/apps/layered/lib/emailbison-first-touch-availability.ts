import prisma from "@/lib/prisma";

/** Puts a free slot into first-touch emails that have not gone out yet. */
export async function offerFirstTouchSlots() {
  const drafts = await prisma.offeredSlot.findMany({
    where: { provider: "emailbison", sentAt: null },
    include: { workspace: { include: { availabilityCache: true } } },
  });
  let offered = 0;
  for (const draft of drafts) {
    const [slot] = draft.workspace.availabilityCache?.slots ?? [];
    if (!slot) continue;
    await prisma.offeredSlot.update({
      where: { id: draft.id },
      data: { slot },
    });
    offered += 1;
  }
  return { drafts: drafts.length, offered };
}
