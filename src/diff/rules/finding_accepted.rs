//! `finding-accepted`: a finding is now accepted.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "finding-accepted",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A finding is now accepted.",
        why: "From now on the rule does not report this finding, so the reason has to justify that.",
        bad: Example::Change { old: "", new: "allow: [{ rule: unused-payload, reason: Another service sends it. }]" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (list, is_new, allow) in lists::allows(evolution) {
            if is_new {
                let delta = list.single(false, &["allow", &allow.rule.value], &allow.rule.at);
                let message = format!("`{}` is now accepted: {}", allow.rule.value, words::ending(&allow.reason));
                changes.tell(&RULE, &delta, message, "review the reason: the finding is no longer reported");
            }
        }
    },
};
