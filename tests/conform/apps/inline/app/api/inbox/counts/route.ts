import { NextRequest, NextResponse } from "next/server";

import { prisma } from "@/lib/prisma";

export const dynamic = "force-dynamic";

export async function GET(request: NextRequest) {
  const workspaceId = request.nextUrl.searchParams.get("workspaceId");
  if (!workspaceId) {
    return NextResponse.json({ error: "No workspace" }, { status: 400 });
  }
  const [unread, needsReply, archived] = await Promise.all([
    prisma.conversation.count({ where: { workspaceId, unread: true } }),
    prisma.conversation.count({ where: { workspaceId, needsReply: true } }),
    prisma.conversation.count({
      where: { workspaceId, archivedAt: { not: null } },
    }),
  ]);
  return NextResponse.json({ unread, needsReply, archived });
}
