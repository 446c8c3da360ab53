//! `payload-field-binding-changed`: the dispatcher fills a field with a different value.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-binding-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The dispatcher fills a field with a different value.",
        why: "The field keeps its name and type but has another meaning: readers, joins and dashboards continue to \
            work and are wrong.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { at: { type: timestamp, from: now } } } }",
            new: "payloads: { Report: { fields: { at: { from: windowStart } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { at: { type: timestamp, from: now } } } }",
            new: "payloads: { Report: { fields: { at: { description: When it was asked for. } } } }",
        },
    },
    hits: &[Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            if let Some(from) = field.value("from", |f| f.from.as_ref()) {
                let message = format!("the source of `{}` changes {}", field.label, words::change(&from));
                let help = "add a field with another name for the new value, and move the readers to it";
                changes.tell(&RULE, &from, message, help);
            }
        }
    },
};
