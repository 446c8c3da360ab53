//! `payload-field-added-required`: a payload has a new required field.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-added-required",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A payload has a new required field.",
        why: "Events that were sent before the change and are retried or replayed after it do not have the field; \
            neither do those of producers that are not updated yet. The types of the code that reads the field say \
            that it is always present.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { title: { type: integer } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { fields: { title: { type: integer, optional: true } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.added {
            if field.added().is_some_and(|f| !f.optional) {
                let message = format!("`{}` is a new required field", field.label);
                let help = "first add it with `optional: true` and make every producer send it; make it required \
                    when no older event is in flight";
                changes.tell(&RULE, field, message, help);
            }
        }
    },
};
