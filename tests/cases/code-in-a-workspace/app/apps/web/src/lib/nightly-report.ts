import { db } from "@acme/db";

export async function createNightlyReport() {
  const rows = await db.message.findMany();
  await db.report.create({ rows: rows.length });
  return { rows: rows.length };
}
