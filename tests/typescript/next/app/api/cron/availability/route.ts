import { isAuthorized, runInline, unauthorized } from "@/lib/cron";
import { dispatchAvailability } from "@/lib/inngest/generated/dispatch";

export async function GET(request: Request): Promise<Response> {
  if (!isAuthorized(request)) {
    return unauthorized();
  }
  return (await dispatchAvailability(request)) ?? runInline(request);
}

export const POST = GET;
