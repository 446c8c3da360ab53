import { serve } from "inngest/next";

import { inngest } from "@/lib/inngest/client";
import { backgroundFunctions, cronFunctions } from "@/lib/inngest/functions";

const handler = serve({
  client: inngest,
  functions: [...backgroundFunctions, ...cronFunctions],
});

export const GET = handler.GET;
export const POST = handler.POST;
export const PUT = handler.PUT;
