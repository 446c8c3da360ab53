//! `debounce-added`: a function now waits for the last event of a burst.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "debounce-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function now waits for the last event of a burst.",
        why: "Only the last event of a burst is processed, and later than before. The event id no longer prevents \
            duplicate work, because debounced functions ignore it.",
        bad: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { debounce: { period: 30s } } } }",
        },
        good: Example::Change {
            old: "offloads: { nightly-report: { function: { without: [idempotency] } } }",
            new: "offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1h } } } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for function in &evolution.functions {
            let Some(debounce) = function.value("debounce", |f| f.debounce.as_ref()) else { continue };
            if let Some(new) = debounce.added() {
                let message =
                    format!("`{}` now waits until no event has arrived for {}", function.label, new.period.value);
                let help = "make sure that the last event contains everything that the dropped ones contained, and \
                    that the first one does not use up an `idempotency` key";
                changes.tell(&RULE, &debounce, message, help);
            }
        }
    },
};
