//! `payload-field-binding-changed`: the dispatcher fills a field with something else.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-binding-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The dispatcher fills a field with something else.",
        why: "The field keeps its name and its type and means another thing: readers, joins and dashboards go \
              on and are wrong.",
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
                let message = format!("what fills `{}` changes {}", field.label, words::change(&from));
                let help = "add a field of another name for the new value, and move the readers to it";
                changes.tell(&RULE, &from, message, help);
            }
        }
    },
};
