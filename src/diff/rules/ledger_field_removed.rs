//! `ledger-field-removed`: status records carry one field less.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-field-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Status records carry one field less.",
        why: "Queries, dashboards and the writer itself no longer find the field, and records can no longer be \
            joined by it.",
        bad: Example::Change { old: "", new: "ledger: { fields: [dispatchKey, correlationId, requestedAt, runId] }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for (gone, field, delta) in lists::ledger(evolution, false) {
            if gone {
                let help = "make the writer and every query work without it first";
                changes.tell(&RULE, &delta, format!("status records no longer carry `{field}`"), help);
            }
        }
    },
};
