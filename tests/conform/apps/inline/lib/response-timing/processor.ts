import { prisma } from "@/lib/prisma";

const BATCH_SIZE = 200;
const LOOKBACK_HOURS = 48;

export interface ResponseTimingResult {
  scanned: number;
  measured: number;
  skipped: number;
}

/**
 * Measures how long leads waited for the answer to a message. Messages that have a
 * measurement are left alone, so a second call finds nothing to do.
 */
export async function processResponseTiming(): Promise<ResponseTimingResult> {
  const since = new Date(Date.now() - LOOKBACK_HOURS * 60 * 60 * 1000);
  const result: ResponseTimingResult = { scanned: 0, measured: 0, skipped: 0 };
  let cursor: string | undefined;

  for (;;) {
    const inbound = await prisma.message.findMany({
      where: {
        direction: "inbound",
        sentAt: { gte: since },
        responseTiming: null,
      },
      orderBy: { id: "asc" },
      take: BATCH_SIZE,
      ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}),
    });
    if (inbound.length === 0) {
      break;
    }
    result.scanned += inbound.length;

    for (const message of inbound) {
      const reply = await prisma.message.findFirst({
        where: {
          leadId: message.leadId,
          direction: "outbound",
          sentAt: { gt: message.sentAt },
        },
        orderBy: { sentAt: "asc" },
      });
      if (!reply) {
        result.skipped += 1;
        continue;
      }
      const seconds = Math.round(
        (reply.sentAt.getTime() - message.sentAt.getTime()) / 1000,
      );
      await prisma.responseTiming.upsert({
        where: { messageId: message.id },
        create: { messageId: message.id, leadId: message.leadId, seconds },
        update: { seconds },
      });
      result.measured += 1;
    }
    cursor = inbound[inbound.length - 1].id;
  }

  console.log("[response-timing] processed", result);
  return result;
}
