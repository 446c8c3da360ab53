import { withCronAuth } from "@/lib/auth";
import { refreshAvailability } from "@/lib/availability-cache";
import { completed, crashed } from "@/lib/http/inline";
import { dispatchCron } from "@/lib/inngest/dispatch";
import { traced } from "@/lib/telemetry";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

export const GET = withCronAuth(async (request) => {
  const dispatched = await dispatchCron(request, "availability");
  if (dispatched) return dispatched;

  try {
    const result = await traced("availability", () => refreshAvailability());
    return completed("availability", result);
  } catch (error) {
    return crashed("availability", error);
  }
});

export const POST = GET;
