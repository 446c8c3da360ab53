//! `ledger-state-removed`: runs no longer write one of the states.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-state-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Runs no longer write one of the states.",
        why: "Whatever waits for the state waits in vain: alerts on it never fire, and runs look unfinished.",
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
                    "change everything that waits for it first",
                );
            }
        }
    },
};
