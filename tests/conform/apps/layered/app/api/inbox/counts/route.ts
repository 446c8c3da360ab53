import { type NextRequest, NextResponse } from "next/server";

import { countConversations } from "@/lib/inbox/queries";

export async function GET(request: NextRequest): Promise<Response> {
  const workspaceId = request.nextUrl.searchParams.get("workspace");
  if (!workspaceId) {
    return NextResponse.json({ error: "Bad request" }, { status: 400 });
  }
  return NextResponse.json(await countConversations(workspaceId));
}
