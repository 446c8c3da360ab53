//! `singleton-without-mode`: a singleton that does not say what it does.

use super::example::existing;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "singleton-without-mode",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A singleton without a mode.",
        why: "The default mode is `skip`: the second run is dropped, although the contract does not say so.",
        bad: Example::Over(existing!("singleton: { key: event.data.dispatchKey }")),
        good: Example::Over(existing!("singleton: { key: event.data.dispatchKey, mode: skip }")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let Some(singleton) = &function.singleton else { continue };
        // Beside idempotency or a batch, the singleton itself is the fault.
        let other_fault = function.idempotency.is_some() || function.batch_events.is_some();
        if singleton.mode.is_none() && !other_fault && once.first(singleton) {
            let help = "write `mode: skip` or `mode: cancel`";
            findings.report_key(&RULE.meta, &singleton.at, "`singleton` has no `mode`, so it skips runs", help);
        }
    }
}
