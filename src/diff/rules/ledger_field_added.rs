//! `ledger-field-added`: status records carry an additional field.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ledger-field-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "Status records carry an additional field.",
        why: "The writer receives it; readers that do not know it are not affected.",
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
                    format!("status records now carry `{field}`"),
                    "add the column to the table before this is deployed",
                );
            }
        }
    },
};
