/** Any environment: `process.env`, or a made-up one in a test. */
export type Environment = Readonly<Record<string, string | undefined>>;

const TRUTHY: readonly string[] = ["1", "true", "yes", "on"];

const normalize = (value: string | undefined): string =>
  (value ?? "").trim().toLowerCase();

export function isTruthy(value: string | undefined): boolean {
  return TRUTHY.includes(normalize(value));
}

export function isPresent(value: string | undefined): value is string {
  return normalize(value) !== "";
}

/** `response-timing` → `CRON_RESPONSE_TIMING_USE_INNGEST`. */
export function cronFlagName(job: string): string {
  return `CRON_${job.toUpperCase().replaceAll("-", "_")}_USE_INNGEST`;
}

export function isCronDispatchEnabled(
  job: string,
  env: Environment = process.env,
): boolean {
  return isTruthy(env[cronFlagName(job)]);
}

/**
 * Older than the others: while nobody has set the flag, an event key is enough. The override
 * is for the night when Inngest is down.
 */
export function isBackgroundDispatchEnabled(
  env: Environment = process.env,
): boolean {
  const explicit = env.BACKGROUND_JOBS_USE_INNGEST;
  const enabled = isPresent(explicit)
    ? isTruthy(explicit)
    : isPresent(env.INNGEST_EVENT_KEY);
  return enabled && !isTruthy(env.BACKGROUND_JOBS_FORCE_INLINE);
}

export function isEmailSentAsync(env: Environment = process.env): boolean {
  return isTruthy(env.INBOXXIA_EMAIL_SENT_ASYNC);
}

/** Whether an event that we send now would be taken and run. */
export function isInngestConfigured(env: Environment = process.env): boolean {
  if (isPresent(env.INNGEST_DEV)) {
    return true;
  }
  return isPresent(env.INNGEST_EVENT_KEY) && isPresent(env.INNGEST_SIGNING_KEY);
}
