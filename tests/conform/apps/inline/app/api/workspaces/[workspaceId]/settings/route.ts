import { NextRequest, NextResponse } from "next/server";

import { prisma } from "@/lib/prisma";

interface Context {
  params: Promise<{ workspaceId: string }>;
}

export async function GET(_request: NextRequest, { params }: Context) {
  const { workspaceId } = await params;
  const workspace = await prisma.workspace.findUnique({
    where: { id: workspaceId },
  });
  if (!workspace) {
    return NextResponse.json({ error: "Not found" }, { status: 404 });
  }
  return NextResponse.json({ settings: workspace.settings });
}

export async function PATCH(request: NextRequest, { params }: Context) {
  const { workspaceId } = await params;
  const settings = (await request.json()) as Record<string, unknown>;
  const workspace = await prisma.workspace.update({
    where: { id: workspaceId },
    data: { settings },
  });
  return NextResponse.json({ settings: workspace.settings });
}
