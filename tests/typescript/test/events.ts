/** An event of our own contract, as the dispatcher sends it. */
export const RESPONSE_TIMING = {
  name: "cron/response-timing.requested",
  id: "cron/response-timing.requested:cron:response-timing:2026-02-18T05:55",
  data: {
    source: "cron/response-timing",
    requestedAt: "2026-02-18T05:59:48.500Z",
    dispatchKey: "cron:response-timing:2026-02-18T05:55",
    correlationId: "3f0e8a52-4d2c-4a5e-9f58-0c0f3a9d2b11",
    dispatchWindowStart: "2026-02-18T05:55:00.000Z",
    dispatchWindowSeconds: 300,
  },
};
