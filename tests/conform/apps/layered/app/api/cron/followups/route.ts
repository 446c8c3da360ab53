import { withCronAuth } from "@/lib/auth";
import { assertHealthy, FollowupEngine } from "@/lib/followup-engine";
import { completed, crashed } from "@/lib/http/inline";
import { dispatchCron } from "@/lib/inngest/dispatch";

export const dynamic = "force-dynamic";
export const maxDuration = 120;

async function runInline(): Promise<Response> {
  try {
    const result = await new FollowupEngine().run();
    assertHealthy(result);
    return completed("followups", result);
  } catch (error) {
    return crashed("followups", error);
  }
}

export const GET = withCronAuth(
  async (request) => (await dispatchCron(request, "followups")) ?? runInline(),
);

export const POST = GET;
