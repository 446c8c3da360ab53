//! `kind-changed`: an offload is called by something else: a schedule or another system.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "kind-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload is called by something else: a schedule or another system.",
        why: "A cron offload has a schedule and no sender; a webhook has a sender and no schedule. What called it \
            before no longer does.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    { source: report, event: report.requested, dispatchKey: "report:{window}", flag: REPORT_USE_INNGEST, methods: [POST], function: { id: report, jobName: report } }
"#,
            new: "offloads: { nightly-report: { kind: webhook, schedule: null } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    { source: report, event: report.requested, dispatchKey: "report:{window}", flag: REPORT_USE_INNGEST, methods: [POST], function: { id: report, jobName: report } }
"#,
            new: r#"offloads: { nightly-report: { schedule: "*/10 * * * *" } }"#,
        },
    },
    hits: &[Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(kind) = offload.value("kind", |o| Some(&o.kind)) else { continue };
            let message = format!("the kind of `{}` changes {}", offload.label, words::change(&kind));
            let help =
                "remove the old trigger and set up the new one in the same step, and check that the route is called";
            changes.tell(&RULE, &kind, message, help);
            changes.account(&offload.path.key("schedule"));
            changes.account(&offload.path.key("when"));
        }
    },
};
