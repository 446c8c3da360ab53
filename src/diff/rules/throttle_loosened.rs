//! `throttle-loosened`: more runs may start in a period before any has to wait.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "throttle-loosened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "More runs may start in a period before any has to wait.",
        why: "Bursts that were spread out now arrive at once at everything behind the function.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1h } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 20 } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1h } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 5 } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(option) = function.value("throttle", |f| f.throttle.as_ref()) else { continue };
            let rate = |o: &crate::contract::Throttle| {
                (o.limit.value, o.period.value, o.burst.as_ref().map(|burst| burst.value))
            };
            if let Some((delta, words)) = options::rate(&option, rate, false) {
                changes.account_keys(&option.path, &["limit", "period", "burst"]);
                let message = format!("`{}` starts more runs: {words}", function.label);
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "make sure that everything behind the function can handle the new rate",
                );
            }
        }
    },
};
