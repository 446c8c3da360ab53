//! `payload-field-retyped`: a field has a different type.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, types, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-retyped",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field has a different type.",
        why: "A value of the old type is not a value of the new one: readers fail on events in flight, and writers \
            that are not updated are rejected or misread.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { type: boolean } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { size: { type: integer } } } }",
            new: "payloads: { Report: { fields: { size: { type: number } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            let Some((old, new)) = field.both() else { continue };
            if types::relation(&old.type_.value, &new.type_.value, &evolution.renames) == types::Relation::Other {
                let names = words::from_to(Some(old.type_.value.text()), Some(new.type_.value.text()));
                let message = format!("the type of `{}` changes {names}", field.label);
                let help = "add a field with the new type under another name, move writers and readers, then \
                    remove this one";
                changes.tell(&RULE, &field.fact("type", |f| Some(&f.type_)).unwrapped(), message, help);
            }
        }
    },
};
