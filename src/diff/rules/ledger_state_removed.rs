//! `ledger-state-removed`: a state of runs is no longer written.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-state-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A state of runs is no longer written.",
        why: "Records wait for it in vain: alerts on it never come, and runs look unfinished.",
        bad: Example::Change { old: "", new: "ledger: { states: [running, succeeded, failed] }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for (gone, state, delta) in lists::ledger(evolution, true) {
            if gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("the state `{state}` is no longer written"),
                    "change what waits for it first",
                );
            }
        }
    },
};
