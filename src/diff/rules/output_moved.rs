//! `output-moved`: something is generated into another folder.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "output-moved",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Something is generated into another folder.",
        why: "Imports, schemas read by their path and links into the documents no longer find it.",
        bad: Example::Change {
            old: "targets: { docs: { out: docs/inngest } }",
            new: "targets: { docs: { out: docs/offloads } }",
        },
        good: Example::Change {
            old: "targets: { docs: { out: docs/inngest } }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for (what, out) in lists::outputs(evolution) {
            if out.both().is_some() {
                let message = format!("the folder of the {what} changes {}", words::change(&out));
                changes.tell(
                    &RULE,
                    &out,
                    message,
                    "update imports and links in the same change; `generate` removes what is left behind",
                );
            }
        }
    },
};
