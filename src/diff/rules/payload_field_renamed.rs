//! `payload-field-renamed`: a field of a payload has a new name.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field of a payload has a new name.",
        why: "For every reader the old field is gone, and for every writer the new one is missing; events in flight \
            carry the old name.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string }, size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: null, bytes: { type: integer } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string }, size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { type: integer, description: In bytes. } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            let Some((old, new)) = field.both() else { continue };
            if old.name != new.name {
                let message = format!("the field `{}` is now called `{}`", old.name, field.label);
                let help = format!(
                    "add `{}` next to `{}`, send both, move the readers, then remove `{}`",
                    new.name, old.name, old.name
                );
                changes.tell(&RULE, &field.fact("name", |f| Some(&f.name)), message, help);
            }
        }
    },
};
