//! `payload-field-widened`: a field allows more values.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, types};
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-widened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A field allows more values.",
        why: "Readers receive values that did not exist when they were written: a `switch` has no case for them, a \
            column is too short.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { state: { type: enum, values: [open, closed] } } } }",
            new: "payloads: { Report: { fields: { state: { values: [open, closed, late] } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { state: { type: enum, values: [open, closed] } } } }",
            new: "payloads: { Report: { fields: { state: { description: Of the report. } } } }",
        },
    },
    hits: &[Audience::Consumers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            let Some((old, new)) = field.both() else { continue };
            let (_, went) = types::restrictions(old, new, &evolution.renames);
            if let Some(first) = went.first() {
                let list: Vec<&str> = went.iter().map(|restriction| restriction.words.as_str()).collect();
                let message = format!("`{}` allows more values: {}", field.label, list.join(", "));
                let paths: Vec<Pointer> = went.iter().map(|r| r.path_under(&field.path)).collect();
                paths.iter().for_each(|path| changes.account(path));
                let delta = Delta { path: first.path_under(&field.path), ..field.clone() }.at_part(first.written_as());
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "make every reader handle the new values before a producer sends one",
                );
            }
        }
    },
};
