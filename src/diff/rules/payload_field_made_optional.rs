//! `payload-field-made-optional`: a field that was required is optional.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-made-optional",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A field that was required is optional.",
        why: "Readers that take it for granted find nothing in some events; an idempotency key or a filter \
              over a missing field is silently off.",
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
                let message = format!("`{}` is optional", field.label);
                let help = "let every reader cope with its absence before a producer leaves it out";
                changes.tell(&RULE, &field.part("optional", |f| Some(&f.optional)), message, help);
            }
        }
    },
};
