//! `concurrency-lowered`: fewer runs of a function execute at the same time.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "concurrency-lowered",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Fewer runs of a function execute at the same time.",
        why: "Runs that started at once now have to wait. If they arrive faster than they finish, the backlog grows \
            without limit.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function:
      concurrency:
        limit: { value: 2, justification: { evidence: docs/load.md, reason: Measured. } }
"#,
            new: "offloads: { nightly-report: { function: { concurrency: { limit: 1 } } } }",
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { name: Nightly report } } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            for limit in options::limits(function) {
                let Some((delta, std::cmp::Ordering::Less, words)) = options::concurrency(&limit) else { continue };
                let message = format!("the concurrency of `{}` falls {words}", function.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "compare the duration of a run with the schedule, and watch the queue after the deployment",
                );
                // The reason for the higher limit goes with it.
                if delta.new.is_some() && limit.new.is_some_and(|l| l.limit.value.justification.is_none()) {
                    changes.account(&limit.path.key("limit").key("justification"));
                }
            }
        }
    },
};
