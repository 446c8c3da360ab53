//! `output-added`: additional files are generated.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "output-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "Additional files are generated.",
        why: "New files appear; no existing file changes.",
        bad: Example::Change { old: "", new: "targets: { docs: { out: docs/inngest } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (what, out) in lists::outputs(evolution) {
            if let Some(new) = out.added() {
                changes.tell(
                    &RULE,
                    &out,
                    format!("{what} are now generated into `{new}`"),
                    "run `inngest-offload generate` and commit the files",
                );
            }
        }
    },
};
