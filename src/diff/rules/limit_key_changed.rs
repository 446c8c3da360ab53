//! `limit-key-changed`: runs are grouped by another key, or are no longer grouped.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, options, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "limit-key-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Runs are grouped by another key, or are no longer grouped.",
        why: "Runs that waited for each other no longer do, and others now do: each value of the new key has its \
            own limit, and what was counted under the old values is lost.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { key: event.data.source } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 2m } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let mut keys: Vec<Delta<'_, String>> = Vec::new();
            for limit in options::limits(function).iter().filter(|limit| limit.both().is_some()) {
                keys.extend(limit.value("key", |l| l.key.as_ref()));
            }
            keys.extend(
                function
                    .option_of("rateLimit", |f| f.rate_limit.as_ref())
                    .and_then(|d| d.value("key", |o| o.key.as_ref())),
            );
            keys.extend(
                function
                    .option_of("throttle", |f| f.throttle.as_ref())
                    .and_then(|d| d.value("key", |o| o.key.as_ref())),
            );
            keys.extend(
                function
                    .option_of("debounce", |f| f.debounce.as_ref())
                    .and_then(|d| d.value("key", |o| o.key.as_ref())),
            );
            keys.extend(
                function
                    .option_of("batchEvents", |f| f.batch_events.as_ref())
                    .and_then(|d| d.value("key", |o| o.key.as_ref())),
            );
            keys.extend(
                function
                    .option_of("singleton", |f| f.singleton.as_ref())
                    .and_then(|d| d.value("key", |o| o.key.as_ref())),
            );
            for key in keys {
                let option = key
                    .path
                    .segments()
                    .filter(|part| part != "key" && part.parse::<usize>().is_err())
                    .last()
                    .unwrap_or_default();
                let message = format!("the key of `{option}` of `{}` changes {}", function.label, words::change(&key));
                let help = "count the distinct values of the new key, and deploy while few runs are waiting";
                changes.tell(&RULE, &key, message, help);
            }
        }
    },
};
