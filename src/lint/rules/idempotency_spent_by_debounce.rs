//! `idempotency-spent-by-debounce`: an idempotency key that a debounce spends.

use super::given::Given;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-spent-by-debounce",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A function has both `idempotency` and `debounce`.",
        why: "Idempotency is applied before the debounce: the first event uses up the key, and the later ones, which \
              the debounce waits for, are dropped.",
        bad: Example::Over("offloads: { nightly-report: { function: { debounce: { period: 30s } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let debounce = Given::of("debounce", &function.debounce);
        let (Some(debounce), Some(key)) = (debounce, Given::of("idempotency", &function.idempotency)) else { continue };
        // The server refuses a batch with a debounce.
        if function.batch_events.is_none() {
            let message = "`idempotency` uses up its key before `debounce`".to_owned();
            let help = "remove `debounce`: the window of the dispatch key already combines many calls into one run";
            Given::report(&[debounce, key], &mut once, findings, &RULE.meta, message, help);
        }
    }
}
