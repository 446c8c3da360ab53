import { prisma } from "@/lib/prisma";

export const findDue = () => prisma.report.findMany({ where: { sentAt: null } });

export async function send(reports: readonly { id: string }[]): Promise<number> {
  for (const { id } of reports) {
    await prisma.report.update({ where: { id }, data: { sentAt: new Date() } });
  }
  return reports.length;
}
