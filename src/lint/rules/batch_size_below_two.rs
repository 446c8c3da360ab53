//! `batch-size-below-two`: a batch of one.

use super::example::existing;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "batch-size-below-two",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "The maximum size of a batch is below 2.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over(existing!("batchEvents: { maxSize: 1, timeout: 5s }", accepting "event-id-ignored")),
        good: Example::Over(existing!("batchEvents: { maxSize: 10, timeout: 5s }", accepting "event-id-ignored")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(batch) = &event.function.batch_events else { continue };
        if batch.max_size.value < 2 && once.first(&batch.max_size) {
            let message = format!("`maxSize` of `batchEvents` is {}", batch.max_size.value);
            findings.report(&RULE.meta, &batch.max_size.at, message, "write 2 or more, or remove `batchEvents`");
        }
    }
}
