//! `idempotency-changed`: a function recognises repeated work by another key.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "idempotency-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function recognises repeated work by another key.",
        why: "Keys that are used up under the old expression are not used up under the new one, so work of the last \
            24 h can run again. If a field is missing, the check is off without an error.",
        bad: Example::Change {
            old: "",
            new: "offloads: { nightly-report: { function: { idempotency: event.data.correlationId } } }",
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(key) = function.value("idempotency", |f| f.idempotency.as_ref()) else { continue };
            if key.both().is_some() {
                let message = format!("the idempotency key of `{}` changes {}", function.label, words::change(&key));
                let help = "make sure that every event in flight has the field and that doing the work twice does \
                    no harm for a day, and do not roll this back within 24 h";
                changes.tell(&RULE, &key, message, help);
            }
        }
    },
};
