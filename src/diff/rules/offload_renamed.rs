//! `offload-renamed`: an offload has a new name.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "offload-renamed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An offload has a new name.",
        why: "Generated names follow it (`dispatch…`, `define…`, the file of the handler): imports no longer \
            compile, and a new handler stub is written that throws until the old handler is moved there.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    source: cron/report
    event: cron/report.requested
    dispatchKey: "cron:report:{window}"
    flag: CRON_REPORT_USE_INNGEST
    function: { id: cron-report, jobName: cron-report }
"#,
            new: r#"
offloads:
  nightly-report: null
  report:
    kind: cron
    priority: P1
    route: /api/cron/nightly-report
    schedule: "*/5 * * * *"
    window: 5m
    owners: [app/api/cron/nightly-report/route.ts, lib/nightly-report.ts]
    source: cron/report
    event: cron/report.requested
    dispatchKey: "cron:report:{window}"
    flag: CRON_REPORT_USE_INNGEST
    function: { id: cron-report, jobName: cron-report }
rollout: [{ offload: report, step: convert }]
"#,
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    source: cron/report
    event: cron/report.requested
    dispatchKey: "cron:report:{window}"
    flag: CRON_REPORT_USE_INNGEST
    function: { id: cron-report, jobName: cron-report }
"#,
            new: "offloads: { nightly-report: { description: The report of last night. } }",
        },
    },
    hits: &[Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((old, new)) = offload.both() else { continue };
            if old.job != new.job {
                let message = format!("`{}` is now called `{}`", old.job, new.job);
                let help = "move the handler to the new stub and update the imports in the same change; everything \
                    else that follows from the name is reported separately";
                changes.tell(&RULE, &offload.part("job", |offload| Some(&offload.job)), message, help);
            }
        }
    },
};
