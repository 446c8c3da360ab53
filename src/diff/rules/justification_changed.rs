//! `justification-changed`: a number has a new or a different justification.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "justification-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A number has a new or a different justification.",
        why: "Reviewers weigh it; nothing reads it at run time.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { retries: 2 } } }",
            new: r#"
offloads:
  nightly-report:
    function:
      retries: { value: 2, justification: { evidence: docs/retries.md, reason: Measured. } }
"#,
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { retries: 2 } } }",
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            for (option, number) in options::numbers(function) {
                let justification = number.part("justification", |n| n.justification.as_ref());
                let Some(new) = justification.new else { continue };
                if justification.old == Some(new) {
                    continue;
                }
                // A number that is justified as it rises is one change, reported as the rise.
                let rises = number.both().is_none_or(|(a, b)| options::direction(&a.value, &b.value).is_some());
                if rises && justification.old.is_none() {
                    changes.account(&justification.path);
                } else {
                    let message = format!(
                        "`{option}` of `{}` is justified by {}: {}",
                        function.label,
                        new.evidence,
                        words::ending(&new.reason)
                    );
                    changes.tell(&RULE, &justification, message, "review the evidence");
                }
            }
        }
    },
};
