import { NextResponse } from "next/server";

import { isInngestConfigured } from "@/lib/flags";

export const dynamic = "force-dynamic";

export async function GET(): Promise<Response> {
  return NextResponse.json({
    commit: process.env.VERCEL_GIT_COMMIT_SHA ?? "local",
    inngest: isInngestConfigured(),
  });
}
