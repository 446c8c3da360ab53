//! `rate-limit-loosened`: more runs may start in a period before any is dropped.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, options};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rate-limit-loosened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "More runs may start in a period before any is dropped.",
        why: "Work that was dropped is now done: more load on everything behind the function.",
        bad: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], rateLimit: { limit: 10, period: 1h } }
"#,
            new: "offloads: { nightly-report: { function: { rateLimit: { limit: 20 } } } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  nightly-report:
    function: { without: [idempotency], rateLimit: { limit: 10, period: 1h } }
"#,
            new: "offloads: { nightly-report: { function: { rateLimit: { limit: 5 } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(option) = function.value("rateLimit", |f| f.rate_limit.as_ref()) else { continue };
            let rate = |o: &crate::contract::RateLimit| (o.limit.value, o.period.value, None);
            if let Some((delta, words)) = options::rate(&option, rate, false) {
                changes.account_keys(&option.path, &["limit", "period", "burst"]);
                let message = format!("`{}` drops fewer events: {words}", function.label);
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
