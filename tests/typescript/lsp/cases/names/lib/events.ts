export const INNGEST_EVENT_OLD_REPORT_REQUESTED = "old/report.requested";
export const on = process.env["OLD_FLAG"] ?? process.env.⟦ts_old⟧OLD_FLAG;
export const old = ⟦ts_constant⟧INNGEST_EVENT_OLD_REPORT_REQUESTED;
