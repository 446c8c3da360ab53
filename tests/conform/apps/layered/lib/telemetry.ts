import { createLogger } from "@/lib/logger";

const logger = createLogger("telemetry");

/** Runs something and says how long it took, also when it failed. */
export async function traced<T>(
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    logger.info(name, { tookMs: Math.round(performance.now() - start) });
  }
}
