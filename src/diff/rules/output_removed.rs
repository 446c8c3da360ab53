//! `output-removed`: outputs are no longer generated.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "output-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Outputs are no longer generated.",
        why: "The files are deleted, or stay and are no longer updated; everything that imports or reads them \
            breaks.",
        bad: Example::Change { old: "targets: { docs: { out: docs/inngest } }", new: "targets: { docs: null }" },
        good: Example::Change {
            old: "targets: { docs: { out: docs/inngest } }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for (what, out) in lists::outputs(evolution) {
            if let Some(old) = out.removed() {
                let message = format!("{what} are no longer generated into `{old}`");
                changes.tell(&RULE, &out, message, "look for imports from that folder and links to it first");
            }
        }
    },
};
