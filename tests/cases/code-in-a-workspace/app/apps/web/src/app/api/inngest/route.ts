import { serve } from "inngest/next";
import { inngest } from "@acme/jobs";
import { nightlyReport } from "@/lib/functions";

export const { GET, POST, PUT } = serve({ client: inngest, functions: [nightlyReport] });
