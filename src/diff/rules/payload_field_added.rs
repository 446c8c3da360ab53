//! `payload-field-added`: a payload has an optional field more.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A payload has an optional field more.",
        why: "Who does not know the field does not miss it; events without it stay valid.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { note: { type: string, optional: true } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { id: { type: string, description: Of the report. } } } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.added {
            if field.added().is_some_and(|f| f.optional) {
                let message = format!("`{}` is a new optional field", field.label);
                changes.tell(&RULE, field, message, "ship whoever reads it after whoever sends it");
            }
        }
    },
};
