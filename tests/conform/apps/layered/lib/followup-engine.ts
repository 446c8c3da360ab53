import { createLogger } from "@/lib/logger";
import prisma from "@/lib/prisma";

export interface FollowupsResult {
  due: number;
  sent: number;
}

type Task = { id: string; leadId: string; text: string };

export class FollowupEngine {
  private readonly logger = createLogger("followups");

  async run(): Promise<FollowupsResult> {
    const tasks = await this.due();
    let sent = 0;
    for (const task of tasks) {
      if (await this.send(task)) {
        sent += 1;
      }
    }
    this.logger.info("sent", { due: tasks.length, sent });
    return { due: tasks.length, sent };
  }

  private due(): Promise<Task[]> {
    return prisma.followUpTask.findMany({
      where: { sentAt: null, dueAt: { lte: new Date() } },
      take: 100,
    });
  }

  private async send({ id, leadId, text }: Task): Promise<boolean> {
    try {
      await prisma.message.create({
        data: { leadId, direction: "outbound", body: text },
      });
      await prisma.followUpTask.update({
        where: { id },
        data: { sentAt: new Date() },
      });
      return true;
    } catch (cause) {
      this.logger.error("could not send", cause, { id });
      return false;
    }
  }
}

/** When something was due and nothing went out, the provider is down. */
export function assertHealthy({ due, sent }: FollowupsResult): void {
  if (due > 0 && sent === 0) {
    throw new Error(`None of ${due} follow-ups could be sent.`);
  }
}
