//! `ledger-state-added`: runs write an additional state.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-state-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Runs write an additional state.",
        why: "The writer, its table and every query receive a value that they do not know.",
        bad: Example::Change {
            old: "ledger: { states: [running, succeeded, failed] }",
            new: "ledger: { states: [running, succeeded, failed, cancelled] }",
        },
        good: Example::Change {
            old: "ledger: { states: [running, succeeded, failed] }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators, Audience::Dashboards, Audience::Consumers],
    check: |evolution, changes| {
        for (gone, state, delta) in lists::ledger(evolution, true) {
            if !gone {
                let help = "make the writer, its table and the dashboards accept the state first";
                changes.tell(&RULE, &delta, format!("the state `{state}` is now written"), help);
            }
        }
    },
};
