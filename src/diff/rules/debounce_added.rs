//! `debounce-added`: a function waits for the last event of a burst.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "debounce-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A function waits for the last event of a burst.",
        why: "Only the last event of a burst is worked on, later than before, and the event id no longer keeps \
              work from being done twice: debounced functions ignore it.",
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
                let message = format!("`{}` waits until no event came for {}", function.label, new.period.value);
                let help = "make sure that the last event says all that the dropped ones said, and that no `idempotency` key is \
                    spent by the first";
                changes.tell(&RULE, &debounce, message, help);
            }
        }
    },
};
