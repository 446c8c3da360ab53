import { NextResponse } from "next/server";

import { createLogger } from "@/lib/logger";

/** What a cron route answers when it has done the work itself. */
export function completed(job: string, result: object): Response {
  createLogger(job).info("completed inline", result);
  return NextResponse.json({ success: true, job, result });
}

export function crashed(job: string, cause: unknown): Response {
  createLogger(job).error("failed inline", cause);
  return NextResponse.json({ success: false, job }, { status: 500 });
}
