//! `debounce-timeout-ignored`: a debounce timeout that the server ignores.

use super::example::existing;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "debounce-timeout-ignored",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "The timeout of a debounce is shorter than its period.",
        why: "The server silently ignores such a timeout: a steady stream of events delays the run forever.",
        bad: Example::Over(existing!("debounce: { period: 30s, timeout: 10s }", accepting "event-id-ignored")),
        good: Example::Over(existing!("debounce: { period: 30s, timeout: 2m }", accepting "event-id-ignored")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(debounce) = &event.function.debounce else { continue };
        let Some(timeout) = &debounce.timeout else { continue };
        if timeout.value < debounce.period.value && once.first(timeout) {
            let message =
                format!("the timeout of {} is shorter than the period of {}", timeout.value, debounce.period.value);
            let finding = findings.report(
                &RULE.meta,
                &timeout.at,
                message,
                "write a timeout of several periods, or \
                                                                             remove it",
            );
            finding.also(&debounce.period.at, "the period");
        }
    }
}
