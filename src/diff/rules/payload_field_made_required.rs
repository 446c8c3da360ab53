//! `payload-field-made-required`: a field that was optional is required.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-made-required",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field that was optional is required.",
        why: "Events without it, sent before or by producers that are not moved, are read by code that takes \
              it for granted.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string, optional: true } } } }",
            new: "payloads: { Report: { fields: { id: { optional: false } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string, optional: true } } } }",
            new: "payloads: { Report: { fields: { id: { nullable: true } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            if field.both().is_some_and(|(old, new)| old.optional && !new.optional) {
                let message = format!("`{}` is required", field.label);
                let help = "let every producer send it first, and ship this when no event without it is in flight";
                changes.tell(&RULE, &field.part("optional", |f| Some(&f.optional)), message, help);
            }
        }
    },
};
