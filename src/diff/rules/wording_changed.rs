//! `wording-changed`: a description, a reason or a note reads otherwise.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, wording};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "wording-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A description, a reason or a note reads otherwise.",
        why: "People read it; nothing that runs does.",
        bad: Example::Change {
            old: "",
            new: "offloads: { nightly-report: { description: The report of last night. } }",
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[],
    check: |evolution, changes| {
        for delta in wording::all(evolution) {
            let how = match (delta.old, delta.new) {
                (None, _) => "is new",
                (_, None) => "is gone",
                _ => "reads otherwise",
            };
            changes.tell(&RULE, &delta, format!("{} {how}", delta.label), "read it");
        }
    },
};
