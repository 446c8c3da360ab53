// cron/nightly-report.requested is sent here: 😀
const größe = "😀"; const event = "⟦ts_event⟧cron/nightly-report.requested";
export const GET = () => (process.env.⟦ts_flag⟧CRON_NIGHTLY_REPORT_USE_INNGEST ? event : größe);
