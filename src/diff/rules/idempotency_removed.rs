//! `idempotency-removed`: a function no longer rejects a key that it has seen.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "idempotency-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A function no longer rejects a key that it has seen.",
        why: "Only the event id then prevents duplicate work, and only for events that carry one: an event that is \
            sent again under another id, a manual retry or a second producer starts the work again.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { without: [idempotency] } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(key) = function.value("idempotency", |f| f.idempotency.as_ref()) else { continue };
            if let Some(old) = key.removed() {
                let message = format!("`{}` no longer runs once for each value of `{old}`", function.label);
                changes.tell(
                    &RULE,
                    &key,
                    message,
                    "make sure that doing the work twice does no harm before this is deployed",
                );
            }
        }
    },
};
