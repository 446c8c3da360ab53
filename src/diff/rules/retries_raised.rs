//! `retries-raised`: a function is retried more times.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "retries-raised",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function is retried more times.",
        why: "Failing work is repeated more often before anyone is notified: more load on what is already failing, \
            and a later alert.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  nightly-report:
    function:
      retries:
        value: 5
        justification: { evidence: docs/retries.md, reason: Short outages. }
"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { function: { retries: 2 } } }" },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some((delta, std::cmp::Ordering::Greater, words)) = options::retries(function) else { continue };
            let message = format!("the retries of `{}` rise {words}", function.label);
            changes.tell(
                &RULE,
                &delta,
                message,
                "make sure that every step may run that often, and that alerts still arrive in time",
            );
        }
    },
};
