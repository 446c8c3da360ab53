//! `response-field-made-optional`: a field of a response may now be absent.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-field-made-optional",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field of a response may now be absent.",
        why: "Callers that read it rely on its presence.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { publishedEventIds: required } }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { dispatched: { body: { publishedEventIds: optional } } } }",
        },
        good: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { publishedEventIds: required } }
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
            if field.delta.both() == Some((&false, &true)) {
                let message = format!("`{}` of {} may now be absent", field.name, field.answers);
                field.account(changes);
                changes.tell(&RULE, &field.delta, message, "make every caller handle its absence first");
            }
        }
    },
};
