//! `response-field-added`: a response has an additional field.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, answers};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-field-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A response has an additional field.",
        why: "Callers that do not know the field are not affected.",
        bad: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { event: [name] } }
    misconfigured: { status: 503, mode: dispatch-misconfigured }
    failed: { status: 503, mode: dispatch-failed }
"#,
            new: "dispatch: { responses: { dispatched: { body: { event: [name, id] } } } }",
        },
        good: Example::Change {
            old: r#"
dispatch:
  responses:
    dispatched: { status: 202, mode: dispatch-only, body: { event: [name] } }
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
            if field.delta.added().is_some() {
                let message = format!("`{}` is a new field of {}", field.name, field.answers);
                field.account(changes);
                changes.tell(&RULE, &field.delta, message, "nothing to do");
            }
        }
    },
};
