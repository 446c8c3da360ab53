//! `concurrency-raised`: more runs of a function execute at the same time.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "concurrency-raised",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "More runs of a function execute at the same time.",
        why: "They compete for the same rows, connections and external rate limits. Work that relied on being the \
            only run no longer is.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  nightly-report:
    function:
      concurrency:
        limit: { value: 2, justification: { evidence: docs/load.md, reason: Measured. } }
"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            for limit in options::limits(function) {
                let Some((delta, std::cmp::Ordering::Greater, words)) = options::concurrency(&limit) else { continue };
                let message = format!("the concurrency of `{}` rises {words}", function.label);
                let help = "measure that simultaneous runs do not interfere with each other, raise the limit in small \
                     steps, and watch the database";
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
