//! `priority-changed`: an offload has a different priority.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "priority-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "An offload has a different priority.",
        why: "It orders the rollout; nothing reads it at run time.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            if let Some(priority) = offload.value("priority", |o| o.priority.as_ref()) {
                let message = format!("the priority of `{}` changes {}", offload.label, words::change(&priority));
                changes.tell(&RULE, &priority, message, "nothing to do");
            }
        }
    },
};
