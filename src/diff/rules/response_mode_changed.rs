//! `response-mode-changed`: a response has another `mode`.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-mode-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A response has another `mode`.",
        why: "People, dashboards and callers distinguish the responses by it.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { dispatched: { mode: queued } } }",
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
            if let Some(mode) = response.value("mode", |r| Some(&r.mode)) {
                let message = format!("the mode of `{}` changes {}", response.label, words::change(&mode));
                changes.tell(&RULE, &mode, message, "make searches and dashboards accept both modes first");
            }
        }
    },
};
