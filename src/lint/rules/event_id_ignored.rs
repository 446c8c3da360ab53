//! `event-id-ignored`: nothing that stops a duplicate event.

use super::example::existing;
use super::given::{self, Given};
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "event-id-ignored",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A batched or debounced function has no idempotency, and the server ignores its event id.",
        why: "The event id looks as if it made the event unique, but the server does not check it for batched and \
              debounced functions.",
        bad: Example::Over(existing!("batchEvents: { maxSize: 10, timeout: 5s }")),
        good: Example::Over(existing!("throttle: { limit: 10, period: 1m }")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let batch = Given::of("batchEvents", &function.batch_events);
        let Some(option) = batch.or(Given::of("debounce", &function.debounce)) else { continue };
        // Beside a batch or a debounce these are faults of their own.
        let ignored = function.idempotency.is_some() || (batch.is_some() && function.rate_limit.is_some());
        let refused = batch.is_some() && !given::refused_with_batch(function).is_empty();
        if ignored || refused {
            continue;
        }
        let message = format!("`{}` makes the server ignore the id of `{}`", option.name, event.name.value);
        let help = "let the handler skip work that is done, or remove the option";
        Given::report(&[option], &mut once, findings, &RULE.meta, message, help);
    }
}
