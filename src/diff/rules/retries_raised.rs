//! `retries-raised`: a function is tried more often.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "retries-raised",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function is tried more often.",
        why: "Work that fails is repeated more often before anybody hears of it: more load on what is failing \
              already, and a later alarm.",
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
                "make sure that every step may run that often, and that alerts still come in time",
            );
        }
    },
};
