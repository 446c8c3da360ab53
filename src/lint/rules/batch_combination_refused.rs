//! `batch-combination-refused`: a batch beside what it does not go with.

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
        id: "batch-combination-refused",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A function takes batches and also has `cancelOn`, `debounce`, `singleton` or `priority`.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over(existing!("batchEvents: { maxSize: 10, timeout: 5s }, singleton: { mode: skip }")),
        good: Example::Over(existing!("singleton: { mode: skip }")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(batch) = Given::of("batchEvents", &event.function.batch_events) else { continue };
        let refused = given::refused_with_batch(&event.function);
        if refused.is_empty() {
            continue;
        }
        let message = format!("`batchEvents` cannot be combined with {}", given::names(&refused));
        let all: Vec<Given<'_>> = std::iter::once(batch).chain(refused).collect();
        Given::report(&all, &mut once, findings, &RULE.meta, message, "keep only one of them");
    }
}
