//! `expected-duration-changed`: a run is expected to take another time.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "expected-duration-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A run is expected to take another time.",
        why: "The load is computed from it; nothing that runs reads it.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            if let Some(duration) = offload.value("expectedDuration", |o| o.expected_duration.as_ref()) {
                let message = format!(
                    "a run of `{}` is expected to take another time: {}",
                    offload.label,
                    words::change(&duration)
                );
                changes.tell(
                    &RULE,
                    &duration,
                    message,
                    "look at the load in the documents: `check` holds it against the limits",
                );
            }
        }
    },
};
