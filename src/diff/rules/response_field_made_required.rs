//! `response-field-made-required`: a field of a response is now always present.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-field-made-required",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A field of a response is now always present.",
        why: "Callers that handle its absence also handle its presence.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { publishedEventIds: optional } }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { dispatched: { body: { publishedEventIds: required } } } }",
        },
        good: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { publishedEventIds: optional } }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers],
    check: |evolution, changes| {
        let (fields, idle) = answers::response_fields(evolution);
        idle.iter().for_each(|path| changes.account(path));
        for field in fields {
            if field.delta.both() == Some((&true, &false)) {
                let message = format!("`{}` of {} is now always present", field.name, field.answers);
                field.account(changes);
                changes.tell(&RULE, &field.delta, message, "nothing to do");
            }
        }
    },
};
