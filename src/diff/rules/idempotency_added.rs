//! `idempotency-added`: a function refuses a key that it has seen in the last 24 h.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "idempotency-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function refuses a key that it has seen in the last 24 h.",
        why: "Events that started a run of their own are dropped when their key repeats, a failed run blocks \
              its key all the same, and a `rateLimit` beside it no longer counts.",
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
                let message = format!("`{}` runs once for each value of `{new}` in 24 h", function.label);
                let help = "make sure that every event has the value, that it differs where work differs, and that a failed run \
                    can be asked for under another key";
                changes.tell(&RULE, &key, message, help);
            }
        }
    },
};
