//! `rate-limit-tightened`: fewer runs may start in a period; the others are dropped.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rate-limit-tightened",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Fewer runs may start in a period; the others are dropped.",
        why: "An event above the limit starts nothing and is never made up for; its sender gets no error.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], rateLimit: { limit: 10, period: 1h } }
"#,
            new: "offloads: { nightly-report: { function: { rateLimit: { limit: 5 } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], rateLimit: { limit: 10, period: 1h } }
"#,
            new: "offloads: { nightly-report: { function: { rateLimit: { limit: 20 } } } }",
        },
    },
    hits: &[Audience::Producers, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(option) = function.value("rateLimit", |f| f.rate_limit.as_ref()) else { continue };
            let rate = |o: &crate::contract::RateLimit| (o.limit.value, o.period.value, None);
            if let Some((delta, words)) = options::rate(&option, rate, true) {
                changes.account_keys(&option.path, &["limit", "period", "burst"]);
                let message = format!("`{}` drops events above a lower limit: {words}", function.label);
                let help = "count the events of a busy hour; if none may be lost, use `throttle`, which makes \
                    events above the limit wait";
                changes.tell(&RULE, &delta, message, help);
            }
        }
    },
};
