import { withCronAuth } from "@/lib/auth";
import {
  dispatchBackgroundJobs,
  maintainBackgroundJobs,
  processPendingJobs,
} from "@/lib/background-jobs/dispatch";
import { isBackgroundDispatchEnabled } from "@/lib/flags";
import { completed, crashed } from "@/lib/http/inline";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

export const GET = withCronAuth(async () => {
  if (isBackgroundDispatchEnabled()) {
    return dispatchBackgroundJobs();
  }
  try {
    const jobs = await processPendingJobs();
    const maintenance = await maintainBackgroundJobs();
    return completed("background-jobs", { jobs, maintenance });
  } catch (error) {
    return crashed("background-jobs", error);
  }
});

export const POST = GET;
