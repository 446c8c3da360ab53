//! `ledger-writer-changed`: the status of runs is written by another function.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-writer-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The status of runs is written by another function.",
        why: "Records go where the new writer puts them: a run in flight begins in the old place and ends in \
              the new one.",
        bad: Example::Change { old: "", new: "ledger: { writer: { export: writeJobStatus } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Consumers, Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        let ledger = evolution.contract.part("ledger", |c| c.ledger.as_ref());
        let writer = ledger.part("writer", |l| Some(&l.writer));
        if ledger.both().is_some() {
            let parts = [writer.value("module", |w| Some(&w.module)), writer.value("export", |w| Some(&w.export))];
            for part in parts.into_iter().flatten() {
                let message = format!("what writes the status of runs changes {}", words::change(&part));
                changes.tell(
                    &RULE,
                    &part,
                    message,
                    "let the new writer find the records of the old one, and be an upsert as well",
                );
            }
        }
    },
};
