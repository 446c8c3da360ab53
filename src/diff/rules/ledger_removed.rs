//! `ledger-removed`: runs no longer write their status.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Runs no longer write their status.",
        why: "To dashboards, alerts and everything else that waits for a record, every job seems to stop. Records \
            of runs in flight stay `running`.",
        bad: Example::Change { old: "", new: "ledger: null" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        let ledger = evolution.contract.part("ledger", |c| c.ledger.as_ref());
        if ledger.removed().is_some() {
            changes.tell(
                &RULE,
                &ledger,
                "runs no longer write their status",
                "turn off the alerts on missing records first",
            );
        }
    },
};
