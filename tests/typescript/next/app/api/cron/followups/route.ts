import { isAuthorized, runInline, unauthorized } from "@/lib/cron";
import { dispatchFollowups } from "@/lib/inngest/generated/dispatch";

export const runtime = "edge";

export async function GET(request: Request): Promise<Response> {
  if (!isAuthorized(request)) {
    return unauthorized();
  }
  return (await dispatchFollowups(request)) ?? runInline(request);
}

export const POST = GET;
