//! `ceiling-lowered`: the policy allows less without evidence.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "ceiling-lowered",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The policy allows less without evidence.",
        why: "Nothing changes at run time; `check` now requires evidence for the numbers above the new ceiling.",
        bad: Example::Change { old: "", new: "policy: { retries: { ceiling: 2 } }" },
        good: Example::Change { old: "", new: "policy: { retries: { ceiling: 5 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (option, ceiling) in lists::ceilings(evolution) {
            if ceiling.both().is_some_and(|(was, is)| is < was) {
                let message = format!("the ceiling of `{option}` falls {}", words::change(&ceiling));
                changes.tell(&RULE, &ceiling, message, "nothing to do");
            }
        }
    },
};
