import { NextRequest, NextResponse } from "next/server";

import { prisma } from "@/lib/prisma";

export const dynamic = "force-dynamic";

const PAGE_SIZE = 40;

export async function GET(request: NextRequest) {
  const { searchParams } = request.nextUrl;
  const workspaceId = searchParams.get("workspaceId");
  if (!workspaceId) {
    return NextResponse.json({ error: "No workspace" }, { status: 400 });
  }
  const cursor = searchParams.get("cursor");
  const conversations = await prisma.conversation.findMany({
    where: { workspaceId, archivedAt: null },
    orderBy: { lastMessageAt: "desc" },
    take: PAGE_SIZE + 1,
    ...(cursor ? { cursor: { id: cursor } } : {}),
  });
  const next = conversations[PAGE_SIZE];
  return NextResponse.json({
    conversations: conversations.slice(0, PAGE_SIZE),
    nextCursor: next ? next.id : null,
  });
}
