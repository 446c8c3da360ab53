import { type NextRequest, NextResponse } from "next/server";

import { isEmailSentAsync } from "@/lib/flags";
import prisma from "@/lib/prisma";

export const dynamic = "force-dynamic";

type EmailWebhook = {
  id: string;
  type: string;
  leadId: string;
  sentAt: string;
};

/** Kept short on purpose: the provider gives up after five seconds. */
async function enqueue(event: EmailWebhook): Promise<void> {
  await prisma.webhookEvent.create({
    data: { externalId: event.id, type: event.type, payload: event },
  });
}

async function applyEmailSent(event: EmailWebhook): Promise<void> {
  await prisma.message.create({
    data: {
      externalId: event.id,
      leadId: event.leadId,
      direction: "outbound",
      sentAt: new Date(event.sentAt),
    },
  });
}

export async function POST(request: NextRequest): Promise<Response> {
  const secret = process.env.EMAIL_WEBHOOK_SECRET;
  if (!secret || request.headers.get("x-webhook-secret") !== secret) {
    return NextResponse.json({ error: "Unauthorized" }, { status: 401 });
  }
  const event = (await request.json()) as EmailWebhook;
  switch (event.type) {
    case "EMAIL_SENT":
      if (isEmailSentAsync()) {
        await enqueue(event);
        return NextResponse.json({ ok: true, queued: true });
      }
      await applyEmailSent(event);
      return NextResponse.json({ ok: true });
    case "EMAIL_BOUNCED":
      await prisma.lead.update({
        where: { id: event.leadId },
        data: { bouncedAt: new Date() },
      });
      return NextResponse.json({ ok: true });
    default:
      return NextResponse.json({ ok: true, ignored: event.type });
  }
}
