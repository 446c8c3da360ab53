//! `retries-lowered`: a function is tried less often.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "retries-lowered",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function is tried less often.",
        why: "Failures that passed by themselves become failed runs, whose keys stay spent for 24 h: their \
              work is not done until somebody asks for it.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { function: { retries: 1 } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some((delta, std::cmp::Ordering::Less, words)) = options::retries(function) else { continue };
            let message = format!("the retries of `{}` fall {words}", function.label);
            changes.tell(&RULE, &delta, message, "count in the run history how many runs needed the retries that go");
        }
    },
};
