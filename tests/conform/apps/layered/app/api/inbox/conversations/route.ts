import { type NextRequest, NextResponse } from "next/server";

import { isFolder, listConversations } from "@/lib/inbox/queries";

export async function GET(request: NextRequest): Promise<Response> {
  const query = request.nextUrl.searchParams;
  const workspaceId = query.get("workspace");
  const folder = query.get("folder");
  if (!workspaceId || !isFolder(folder)) {
    return NextResponse.json({ error: "Bad request" }, { status: 400 });
  }
  return NextResponse.json({
    conversations: await listConversations(workspaceId, folder),
  });
}
