//! `expected-duration-changed`: the expected duration of a run changes.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "expected-duration-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The expected duration of a run changes.",
        why: "The load is computed from it; nothing reads it at run time.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            if let Some(duration) = offload.value("expectedDuration", |o| o.expected_duration.as_ref()) {
                let message = format!(
                    "the expected duration of a run of `{}` changes {}",
                    offload.label,
                    words::change(&duration)
                );
                changes.tell(
                    &RULE,
                    &duration,
                    message,
                    "look at the load in the documents; `check` compares it with the limits",
                );
            }
        }
    },
};
