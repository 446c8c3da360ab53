//! `throttle-tightened`: fewer runs may start in a period; the others wait.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "throttle-tightened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Fewer runs may start in a period; the others wait.",
        why: "Runs start later than before; if more arrive than may start, the backlog grows without limit.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1h } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 5 } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1h } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 20 } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(option) = function.value("throttle", |f| f.throttle.as_ref()) else { continue };
            let rate = |o: &crate::contract::Throttle| {
                (o.limit.value, o.period.value, o.burst.as_ref().map(|burst| burst.value))
            };
            if let Some((delta, words)) = options::rate(&option, rate, true) {
                changes.account_keys(&option.path, &["limit", "period", "burst"]);
                let message = format!("`{}` starts fewer runs: {words}", function.label);
                changes.tell(&RULE, &delta, message, "compare the new rate with how often the function is requested");
            }
        }
    },
};
