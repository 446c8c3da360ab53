//! `response-status-changed`: a response has another HTTP status.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-status-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A response has another HTTP status.",
        why: "Schedulers, retries and alerts depend on the status: a call that counted as done may now count as \
            failed and be sent again, or the other way round.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { failed: { status: 500 } } }",
        },
        good: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Dashboards],
    check: |evolution, changes| {
        for response in answers::responses(evolution) {
            if let Some(status) = response.value("status", |r| Some(&r.status)) {
                let message = format!("the status of `{}` changes {}", response.label, words::change(&status));
                changes.tell(
                    &RULE,
                    &status,
                    message,
                    "check what every caller does with the new status before this is deployed",
                );
            }
        }
    },
};
