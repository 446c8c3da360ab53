const NAMESPACE = "background";

export const PROCESS_REQUESTED = `${NAMESPACE}/process.requested` as const;
export const MAINTENANCE_REQUESTED =
  `${NAMESPACE}/maintenance.requested` as const;
