const RETRIES = 3;

/** What every cron function has; what differs is passed. */
const shared = {
  retries: RETRIES,
  concurrency: { limit: 1 },
  idempotency: "event.data.dispatchKey",
} as const;

export type Overrides = { name?: string };

export function cronOptions<Job extends string>(
  job: Job,
  overrides: Overrides = {},
) {
  return { ...shared, id: `cron-${job}` as const, ...overrides };
}

/** Attempts count from 0, so this is also the number of the last one. */
export const LAST_ATTEMPT = RETRIES;
