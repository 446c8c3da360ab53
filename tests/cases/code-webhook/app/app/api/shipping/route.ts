import { createHash, createHmac, timingSafeEqual } from "node:crypto";

import { inngest } from "@/lib/inngest";
import { apply } from "@/lib/shipments";

function isSigned(body: string, signature: string | null): boolean {
  const secret = process.env.SHIPPING_SECRET;
  if (!secret || !signature) return false;
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest("hex"));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function isOn(): boolean {
  return ["1", "true", "yes", "on"].includes((process.env.SHIPPING_QUEUED ?? "").trim().toLowerCase());
}

function isConfigured(): boolean {
  if (process.env.INNGEST_DEV?.trim()) return true;
  return Boolean(process.env.INNGEST_EVENT_KEY?.trim() && process.env.INNGEST_SIGNING_KEY?.trim());
}

export async function POST(request: Request) {
  const body = await request.text();
  if (!isSigned(body, request.headers.get("x-signature"))) {
    return Response.json({ error: "unauthorized" }, { status: 401 });
  }
  const delivery = new URL(request.url).searchParams.get("delivery")?.trim();
  if (!isOn()) {
    await apply(delivery ?? "");
    return Response.json({ ok: true });
  }
  if (!isConfigured()) {
    return Response.json({ mode: "dispatch-misconfigured" }, { status: 503 });
  }
  const hash = createHash("sha256").update(JSON.stringify({ delivery })).digest("hex").slice(0, 16);
  const dispatchKey = delivery ? `webhook:shipping:${hash}` : "webhook:shipping";
  await inngest.send({ name: "shipping/changed", id: `shipping/changed:${dispatchKey}`, data: { dispatchKey } });
  return Response.json({ ok: true }, { status: 202 });
}
