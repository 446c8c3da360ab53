//! `payload-field-removed`: a field of a payload is removed.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field of a payload is removed.",
        why: "Code, expressions and dashboards that read it find nothing, and report no error.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string }, size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: null } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string }, size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { type: integer, optional: true } } } }",
        },
    },
    hits: &[Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for field in &evolution.fields.removed {
            let message = format!("the field `{}` is removed", field.label);
            let help = "make it optional first, move everything that reads it, and remove it when nothing reads it \
                any more";
            changes.tell(&RULE, field, message, help);
        }
    },
};
