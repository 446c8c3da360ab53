import { prisma } from "@/lib/prisma";
import { currentTelemetrySource } from "@/lib/telemetry";

const MAX_TASKS = 100;

export interface FollowupsResult {
  due: number;
  sent: number;
  failed: number;
}

/** Sends the follow-ups that are due. One that fails stays due and is tried next time. */
export async function processDueFollowups(): Promise<FollowupsResult> {
  const tasks = await prisma.followUpTask.findMany({
    where: { status: "pending", dueAt: { lte: new Date() } },
    orderBy: { dueAt: "asc" },
    include: { lead: true },
    take: MAX_TASKS,
  });

  let sent = 0;
  let failed = 0;
  for (const task of tasks) {
    // Whoever changes the row first sends it; the other one finds a count of 0.
    const claimed = await prisma.followUpTask.updateMany({
      where: { id: task.id, status: "pending" },
      data: { status: "sending" },
    });
    if (claimed.count === 0) {
      continue;
    }
    try {
      await prisma.message.create({
        data: {
          leadId: task.leadId,
          direction: "outbound",
          channel: task.channel,
          body: renderTemplate(task.template, task.lead),
          source: currentTelemetrySource(),
        },
      });
      await prisma.followUpTask.update({
        where: { id: task.id },
        data: { status: "sent", sentAt: new Date() },
      });
      sent += 1;
    } catch (error) {
      failed += 1;
      console.error("[followups] could not send", task.id, error);
      await prisma.followUpTask.update({
        where: { id: task.id },
        data: { status: "pending" },
      });
    }
  }
  return { due: tasks.length, sent, failed };
}

function renderTemplate(
  template: string,
  lead: { firstName?: string; company?: string },
): string {
  return template
    .replaceAll("{{firstName}}", lead.firstName ?? "there")
    .replaceAll("{{company}}", lead.company ?? "your company");
}
