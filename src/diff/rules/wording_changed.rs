//! `wording-changed`: a description, a reason or a note changes.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, wording};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "wording-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A description, a reason or a note changes.",
        why: "Only people read it.",
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
                (_, None) => "is removed",
                _ => "changed",
            };
            changes.tell(&RULE, &delta, format!("{} {how}", delta.label), "nothing to do");
        }
    },
};
