import { isAuthorized, runInline, unauthorized } from "@/lib/cron";
import { dispatchResponseTiming } from "@/lib/inngest/generated/dispatch";

export async function GET(request: Request): Promise<Response> {
  if (!isAuthorized(request)) {
    return unauthorized();
  }
  return (await dispatchResponseTiming(request)) ?? runInline(request);
}

export const POST = GET;
