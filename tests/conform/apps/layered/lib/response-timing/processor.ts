import { createLogger } from "@/lib/logger";
import prisma from "@/lib/prisma";

const logger = createLogger("response-timing");

type Message = { id: string; conversationId: string; sentAt: Date };

const median = (values: number[]): number | null => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
};

async function firstReply(message: Message): Promise<Message | null> {
  return prisma.message.findFirst({
    where: {
      conversationId: message.conversationId,
      direction: "outbound",
      sentAt: { gt: message.sentAt },
    },
    orderBy: { sentAt: "asc" },
  });
}

/** Notes how long each new inbound message waited for its answer. */
export async function processResponseTiming() {
  const messages: Message[] = await prisma.message.findMany({
    where: { direction: "inbound", timedAt: null },
    take: 500,
  });
  const waits: number[] = [];
  for (const message of messages) {
    const reply = await firstReply(message);
    if (!reply) continue;
    const waitMs = reply.sentAt.getTime() - message.sentAt.getTime();
    waits.push(waitMs);
    await prisma.message.update({
      where: { id: message.id },
      data: { timedAt: new Date(), waitMs },
    });
  }
  const summary = {
    inspected: messages.length,
    timed: waits.length,
    medianMs: median(waits),
  };
  logger.info("timed", summary);
  return summary;
}
