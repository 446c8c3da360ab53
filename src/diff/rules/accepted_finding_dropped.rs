//! `accepted-finding-dropped`: a finding is no longer accepted.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "accepted-finding-dropped",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A finding is no longer accepted.",
        why: "`check` reports the findings of the rule here again.",
        bad: Example::Change {
            old: "allow: [{ rule: unused-payload, reason: Another service sends it. }]",
            new: "allow: []",
        },
        good: Example::Change {
            old: "allow: [{ rule: unused-payload, reason: Another service sends it. }]",
            new: "allow: [{ rule: unused-payload, reason: Two services send it. }]",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (list, is_new, allow) in lists::allows(evolution) {
            if !is_new {
                let delta = list.single(true, &["allow", &allow.rule.value], &allow.rule.at);
                changes.tell(&RULE, &delta, format!("`{}` is no longer accepted", allow.rule.value), "nothing to do");
            }
        }
    },
};
