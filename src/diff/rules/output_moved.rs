//! `output-moved`: outputs are generated into another folder.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "output-moved",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Outputs are generated into another folder.",
        why: "Imports, schemas that are read by path and links to the documents no longer find the files.",
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
                    "update imports and links in the same change; `generate` removes the files in the old folder",
                );
            }
        }
    },
};
