//! `payload-field-default-changed`: an optional field has another default.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-default-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An optional field has another default.",
        why: "Nothing adds the default to events: code that validates with defaults takes it from the schema, and \
            uses the new one from now on.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer, optional: true, default: 1 } } } }",
            new: "payloads: { Report: { fields: { size: { default: 2 } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer, optional: true, default: 1 } } } }",
            new: "payloads: { Report: { fields: { size: { example: 2 } } } }",
        },
    },
    hits: &[Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            if let Some(default) = field.value("default", |f| f.default.as_ref()) {
                let message = format!("the default of `{}` changes {}", field.label, words::change(&default));
                changes.tell(
                    &RULE,
                    &default,
                    message,
                    "change the code that knows the old default in the same deployment",
                );
            }
        }
    },
};
