//! `rollout-changed`: the rollout has other steps, another order or another state.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, plan};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rollout-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The rollout has other steps, another order or another state.",
        why: "The rollout is a plan for people; nothing reads it at run time.",
        bad: Example::Change { old: "", new: "rollout: [{ offload: nightly-report, step: convert, state: active }]" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        plan::rollout(evolution, changes, &RULE);
    },
};
