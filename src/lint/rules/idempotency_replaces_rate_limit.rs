//! `idempotency-replaces-rate-limit`: a rate limit that idempotency replaces.

use super::given::Given;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-replaces-rate-limit",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A function has both `idempotency` and `rateLimit`.",
        why: "The server implements idempotency as a rate limit of one run in 24 hours, which replaces the configured \
              one.",
        bad: Example::Over("offloads: { nightly-report: { function: { rateLimit: { limit: 10, period: 1h } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let rate = Given::of("rateLimit", &function.rate_limit);
        let (Some(rate), Some(key)) = (rate, Given::of("idempotency", &function.idempotency)) else { continue };
        // Of a batched function both are ignored.
        if function.batch_events.is_none() {
            let message = "`idempotency` replaces `rateLimit`".to_owned();
            let help = "remove `rateLimit`, or write `without: [idempotency]`; to spread runs, use `throttle`";
            Given::report(&[rate, key], &mut once, findings, &RULE.meta, message, help);
        }
    }
}
