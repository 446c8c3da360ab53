//! `ledger-field-added`: status records carry a field more.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-field-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "Status records carry a field more.",
        why: "The writer is given it; who does not read it does not miss it.",
        bad: Example::Change {
            old: "ledger: { fields: [dispatchKey, runId] }",
            new: "ledger: { fields: [dispatchKey, runId, attempt] }",
        },
        good: Example::Change {
            old: "ledger: { fields: [dispatchKey, runId] }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for (gone, field, delta) in lists::ledger(evolution, false) {
            if !gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("status records carry `{field}`"),
                    "let the table have the column before this is live",
                );
            }
        }
    },
};
