import { NextRequest, NextResponse } from "next/server";

import { prisma } from "@/lib/prisma";

export const dynamic = "force-dynamic";

interface EmailEvent {
  id: string;
  type: "EMAIL_SENT" | "EMAIL_REPLIED" | "EMAIL_BOUNCED";
  leadId: string;
  sentAt: string;
  subject?: string;
}

export async function POST(request: NextRequest) {
  // The provider cannot send our cron secret: it has one of its own.
  const secret = process.env.EMAIL_WEBHOOK_SECRET;
  if (!secret || request.headers.get("x-webhook-secret") !== secret) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }

  let event: EmailEvent;
  try {
    event = (await request.json()) as EmailEvent;
  } catch {
    return NextResponse.json({ error: "Not JSON" }, { status: 400 });
  }

  if (event.type === "EMAIL_SENT") {
    const flag = (process.env.INBOXXIA_EMAIL_SENT_ASYNC ?? "")
      .trim()
      .toLowerCase();
    if (["1", "true", "yes", "on"].includes(flag)) {
      // Queue first: the row is the promise, and a worker drains the table.
      await prisma.webhookEvent.create({
        data: {
          provider: "email",
          externalId: event.id,
          type: event.type,
          payload: event,
          status: "pending",
        },
      });
      return NextResponse.json({ success: true, queued: true });
    }
    await prisma.message.create({
      data: {
        leadId: event.leadId,
        direction: "outbound",
        channel: "email",
        subject: event.subject,
        sentAt: new Date(event.sentAt),
      },
    });
    await prisma.lead.update({
      where: { id: event.leadId },
      data: { lastContactedAt: new Date(event.sentAt) },
    });
    return NextResponse.json({ success: true, queued: false });
  }

  if (event.type === "EMAIL_BOUNCED") {
    await prisma.lead.update({
      where: { id: event.leadId },
      data: { emailBounced: true },
    });
  }
  return NextResponse.json({ success: true });
}
