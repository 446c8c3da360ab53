import { db } from "some-database";

export async function GET(request: Request) {
  if (request.headers.get("authorization") !== `Bearer ${process.env.CRON_SECRET}`) {
    return new Response("no", { status: 401 });
  }
  if (process.env.SWEEP_QUEUED === "true") {
    await db.sweepJob.create({});
    return Response.json({ queued: true });
  }
  await db.row.deleteMany();
  return Response.json({ swept: true });
}
