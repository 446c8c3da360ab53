//! `debounce-removed`: a function no longer waits for the last event of a burst.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "debounce-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function no longer waits for the last event of a burst.",
        why: "Every event of a burst now starts its own run.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], debounce: { period: 30s } } }
"#,
            new: "offloads: { nightly-report: { function: { debounce: null } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], debounce: { period: 30s } } }
"#,
            new: "offloads: { nightly-report: { function: { debounce: { period: 1m } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(debounce) = function.value("debounce", |f| f.debounce.as_ref()) else { continue };
            if debounce.removed().is_some() {
                let message = format!("`{}` now runs for every event of a burst", function.label);
                changes.tell(
                    &RULE,
                    &debounce,
                    message,
                    "count the events of a burst, and limit how many runs execute at the same time",
                );
            }
        }
    },
};
