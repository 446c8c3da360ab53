//! `debounce-changed`: a function waits longer or shorter for the last event of a burst.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "debounce-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function waits longer or shorter for the last event of a burst.",
        why: "A shorter time means more runs per burst, and a longer time means later results. A burst that does \
            not end is delayed until the timeout, or forever if there is none.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], debounce: { period: 30s } } }
"#,
            new: "offloads: { nightly-report: { function: { debounce: { period: 1m } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report: { function: { without: [idempotency], debounce: { period: 30s } } }
"#,
            new: "offloads: { nightly-report: { function: { name: Nightly report } } }",
        },
    },
    hits: &[Audience::Operators, Audience::Consumers],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(debounce) = function.option_of("debounce", |f| f.debounce.as_ref()) else { continue };
            if let Some(period) = debounce.value("period", |d| Some(&d.period)) {
                let message = format!(
                    "the time that `{}` waits for the next event changes {}",
                    function.label,
                    words::change(&period)
                );
                changes.tell(&RULE, &period, message, "compare it with the gaps between the events of a burst");
            }
            if let Some(timeout) = debounce.value("timeout", |d| d.timeout.as_ref()) {
                let message =
                    format!("the maximum time that `{}` waits changes {}", function.label, words::change(&timeout));
                changes.tell(&RULE, &timeout, message, "compare it with the length of a burst");
            }
        }
    },
};
