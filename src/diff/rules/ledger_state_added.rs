//! `ledger-state-added`: a new state of runs is written.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-state-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A new state of runs is written.",
        why: "The writer, its table and every query meet a value that they do not know.",
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
                let help = "let the writer, its table and the dashboards know the state first";
                changes.tell(&RULE, &delta, format!("the state `{state}` is written"), help);
            }
        }
    },
};
