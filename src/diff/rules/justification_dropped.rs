//! `justification-dropped`: the justification of a number above the policy is removed.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "justification-dropped",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The justification of a number above the policy is removed.",
        why: "The evidence was the reason to allow the number; without it nobody can decide whether to keep the \
            number or to lower it.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function:
      retries: { value: 2, justification: { evidence: docs/retries.md, reason: Measured. } }
"#,
            new: "offloads: { nightly-report: { function: { retries: 2 } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function:
      retries: { value: 2, justification: { evidence: docs/retries.md, reason: Measured. } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            for (option, number) in options::numbers(function) {
                let justification = number.part("justification", |n| n.justification.as_ref());
                let lower = number.both().and_then(|(a, b)| options::direction(&a.value, &b.value))
                    == Some(std::cmp::Ordering::Less);
                // A number that comes down needs its reason no more.
                if let (Some(old), false) = (justification.removed(), lower) {
                    let message = format!("`{option}` of `{}` is no longer justified", function.label);
                    let help = format!("keep the justification ({}), or lower the number to the policy", old.evidence);
                    changes.tell(&RULE, &justification, message, help);
                } else if justification.removed().is_some() {
                    changes.account(&justification.path);
                }
            }
        }
    },
};
