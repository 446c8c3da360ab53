//! `idempotency-added`: a function now rejects a key that it has seen in the last 24 h.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "idempotency-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function now rejects a key that it has seen in the last 24 h.",
        why: "Events that used to start their own run are dropped when their key repeats. A failed run uses up its \
            key as well, and a `rateLimit` of the same function no longer applies.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { without: null } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(key) = function.value("idempotency", |f| f.idempotency.as_ref()) else { continue };
            if let Some(new) = key.added() {
                let message = format!("`{}` now runs once for each value of `{new}` in 24 h", function.label);
                let help = "make sure that every event has the value, that it differs where the work differs, and \
                    that a failed run can be requested under another key";
                changes.tell(&RULE, &key, message, help);
            }
        }
    },
};
