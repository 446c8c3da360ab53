//! `response-field-removed`: a response no longer has a field.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-field-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A response no longer has a field.",
        why: "Callers that read it find nothing.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched:
      status: 202
      mode: dispatch-only
      body: { event: [name, id], publishedEventIds: optional }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { dispatched: { body: { event: [name] } } } }",
        },
        good: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched:
      status: 202
      mode: dispatch-only
      body: { event: [name, id], publishedEventIds: optional }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Dashboards],
    check: |evolution, changes| {
        let (fields, idle) = answers::response_fields(evolution);
        idle.iter().for_each(|path| changes.account(path));
        for field in fields {
            if field.delta.removed().is_some() {
                let message = format!("`{}` is no longer a field of {}", field.name, field.answers);
                field.account(changes);
                changes.tell(&RULE, &field.delta, message, "look for callers that read it, and change them first");
            }
        }
    },
};
