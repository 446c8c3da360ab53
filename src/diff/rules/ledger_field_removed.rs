//! `ledger-field-removed`: status records carry a field less.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-field-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Status records carry a field less.",
        why: "Queries, dashboards and the writer itself find nothing there; records do not join with what they \
              joined with.",
        bad: Example::Change { old: "", new: "ledger: { fields: [dispatchKey, correlationId, requestedAt, runId] }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators, Audience::Dashboards],
    check: |evolution, changes| {
        for (gone, field, delta) in lists::ledger(evolution, false) {
            if gone {
                let help = "let the writer and every query do without it first";
                changes.tell(&RULE, &delta, format!("status records no longer carry `{field}`"), help);
            }
        }
    },
};
