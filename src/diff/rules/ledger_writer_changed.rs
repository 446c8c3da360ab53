//! `ledger-writer-changed`: a different function writes the status of runs.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-writer-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A different function writes the status of runs.",
        why: "Records go where the new writer puts them: the record of a run in flight begins in the old place and \
            ends in the new one.",
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
                let message = format!("the writer of the status of runs changes {}", words::change(&part));
                changes.tell(
                    &RULE,
                    &part,
                    message,
                    "make sure that the new writer finds the records of the old one and upserts as well",
                );
            }
        }
    },
};
