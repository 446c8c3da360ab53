//! `batch-ignores-options`: options that a batch makes void.

use super::given::{self, Given};
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "batch-ignores-options",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A function takes batches and has `idempotency` or `rateLimit`, which the server then ignores.",
        why: "Nothing stops a duplicate: for a batched function, the server ignores idempotency, the rate limit and \
              the ids of events.",
        bad: Example::Over("offloads: { nightly-report: { function: { batchEvents: { maxSize: 10, timeout: 5s } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let Some(batch) = Given::of("batchEvents", &function.batch_events) else { continue };
        let options = [Given::of("idempotency", &function.idempotency), Given::of("rateLimit", &function.rate_limit)];
        let ignored: Vec<Given<'_>> = options.into_iter().flatten().collect();
        // A function that is refused ignores nothing.
        if ignored.is_empty() || !given::refused_with_batch(function).is_empty() {
            continue;
        }
        let message = format!("`batchEvents` makes the server ignore {}", given::names(&ignored));
        let all: Vec<Given<'_>> = std::iter::once(batch).chain(ignored).collect();
        let help = "remove `batchEvents`, or write `without: [idempotency]` and let the handler skip work that is done";
        Given::report(&all, &mut once, findings, &RULE.meta, message, help);
    }
}
