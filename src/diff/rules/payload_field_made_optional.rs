//! `payload-field-made-optional`: a required field is now optional.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-made-optional",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A required field is now optional.",
        why: "Readers that rely on the field do not find it in some events; an idempotency key or a filter on a \
            missing field is off without an error.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { id: { optional: true } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { id: { description: Of the report. } } } }",
        },
    },
    hits: &[Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            if field.both().is_some_and(|(old, new)| !old.optional && new.optional) {
                let message = format!("`{}` is now optional", field.label);
                let help = "make every reader handle its absence before a producer omits it";
                changes.tell(&RULE, &field.part("optional", |f| Some(&f.optional)), message, help);
            }
        }
    },
};
