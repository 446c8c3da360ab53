//! `payload-field-made-required`: an optional field is now required.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-made-required",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An optional field is now required.",
        why: "Events without it, sent earlier or by producers that are not updated, are read by code that relies on \
            it.",
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
                let message = format!("`{}` is now required", field.label);
                let help = "make every producer send it first, and deploy this when no event without it is in flight";
                changes.tell(&RULE, &field.part("optional", |f| Some(&f.optional)), message, help);
            }
        }
    },
};
