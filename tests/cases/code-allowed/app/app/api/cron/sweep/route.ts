import { db } from "some-database";

export async function GET() {
  const flag = (process.env.SWEEP_QUEUED ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(flag)) {
    await db.sweepJob.create({});
    return Response.json({ queued: true });
  }
  await db.row.deleteMany();
  return Response.json({ swept: true });
}
