//! `ceiling-raised`: the policy allows more without evidence.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ceiling-raised",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The policy allows more without evidence.",
        why: "Numbers that had to be justified no longer have to be, so the next increase goes unnoticed.",
        bad: Example::Change { old: "", new: "policy: { retries: { ceiling: 5 } }" },
        good: Example::Change { old: "", new: "policy: { retries: { ceiling: 2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (option, ceiling) in lists::ceilings(evolution) {
            if ceiling.both().is_some_and(|(was, is)| is > was) {
                let message = format!("the ceiling of `{option}` rises {}", words::change(&ceiling));
                changes.tell(
                    &RULE,
                    &ceiling,
                    message,
                    "keep the ceiling, and justify the one number that has to exceed it",
                );
            }
        }
    },
};
