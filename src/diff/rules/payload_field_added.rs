//! `payload-field-added`: a payload has a new optional field.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A payload has a new optional field.",
        why: "Readers that do not know the field are not affected; events without it stay valid.",
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
                changes.tell(&RULE, field, message, "deploy the code that reads it after the code that sends it");
            }
        }
    },
};
