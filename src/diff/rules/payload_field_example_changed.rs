//! `payload-field-example-changed`: a field has another example.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-example-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A field has another example.",
        why: "Only people read it.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { example: 2 } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { description: In bytes. } } } }",
        },
    },
    hits: &[],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            if let Some(example) = field.value("example", |f| f.example.as_ref()) {
                let message = format!("the example of `{}` changes {}", field.label, words::change(&example));
                changes.tell(&RULE, &example, message, "nothing to do");
            }
        }
    },
};
