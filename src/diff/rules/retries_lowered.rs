//! `retries-lowered`: a function is retried fewer times.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "retries-lowered",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function is retried fewer times.",
        why: "Failures that a retry would have resolved become failed runs, whose keys stay used for 24 h: their \
            work is not done until someone requests it again.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { retries: 1 } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some((delta, std::cmp::Ordering::Less, words)) = options::retries(function) else { continue };
            let message = format!("the retries of `{}` fall {words}", function.label);
            changes.tell(
                &RULE,
                &delta,
                message,
                "count in the run history how many runs needed the retries that are removed",
            );
        }
    },
};
