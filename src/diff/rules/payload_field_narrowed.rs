//! `payload-field-narrowed`: a field allows fewer values.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, types};
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-field-narrowed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A field allows fewer values.",
        why: "Values that are sent today, or are contained in events in flight, are rejected by code that validates \
            and are unknown to the code that reads them.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { state: { type: enum, values: [open, closed] } } } }",
            new: "payloads: { Report: { fields: { state: { values: [open] } } } }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { state: { type: enum, values: [open, closed] } } } }",
            new: "payloads: { Report: { fields: { state: { values: [open, closed, late] } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers],
    check: |evolution, changes| {
        for field in &evolution.fields.both {
            let Some((old, new)) = field.both() else { continue };
            let (came, _) = types::restrictions(old, new, &evolution.renames);
            if let Some(first) = came.first() {
                let list: Vec<&str> = came.iter().map(|restriction| restriction.words.as_str()).collect();
                let message = format!("`{}` allows fewer values: {}", field.label, list.join(", "));
                let help = "restrict every producer to the new values first, and deploy this when no older event is in \
                     flight";
                let paths: Vec<Pointer> = came.iter().map(|r| r.path_under(&field.path)).collect();
                paths.iter().for_each(|path| changes.account(path));
                let delta = Delta { path: first.path_under(&field.path), ..field.clone() }.at_part(first.written_as());
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
