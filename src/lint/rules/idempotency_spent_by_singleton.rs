//! `idempotency-spent-by-singleton`: an idempotency key that a skipped run spends.

use super::given::Given;
use crate::contract::{Contract, SingletonMode};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-spent-by-singleton",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A function has `idempotency` and a singleton that skips runs, which is also the default mode.",
        why: "A skipped run has used up its key: it does not run later, and the work of its window is lost.",
        bad: Example::Over("offloads: { nightly-report: { function: { singleton: { mode: skip } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { singleton: { mode: cancel } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        let singleton = Given::of("singleton", &function.singleton);
        let (Some(option), Some(key)) = (singleton, Given::of("idempotency", &function.idempotency)) else { continue };
        let mode = function.singleton.as_ref().and_then(|singleton| singleton.mode.as_ref()).map(|mode| mode.value);
        let message = match mode {
            Some(SingletonMode::Cancel) => continue,
            Some(SingletonMode::Skip) => "a run that `singleton` skips uses up its `idempotency` key",
            None => "a `singleton` without `mode` skips runs, and a skipped run uses up its `idempotency` key",
        };
        // The server refuses a batch with a singleton.
        if function.batch_events.is_none() {
            let help = "write `concurrency: { limit: 1 }` instead of `singleton`: the second run then waits";
            Given::report(&[option, key], &mut once, findings, &RULE.meta, message.to_owned(), help);
        }
    }
}
