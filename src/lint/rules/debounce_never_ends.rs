//! `debounce-never-ends`: a debounce that every tick starts anew.

use super::example::existing;
use crate::contract::Contract;
use crate::derive::Duration;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "debounce-never-ends",
        severity: Severity::Error,
        group: Group::Load,
        summary: "A debounce without a timeout has a period that is not shorter than the time between ticks.",
        why: "Each tick postpones the run again, so it never starts.",
        bad: Example::Over(existing!("debounce: { period: 10m }", accepting "event-id-ignored")),
        good: Example::Over(existing!("debounce: { period: 30s }", accepting "event-id-ignored")),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    for (offload, event) in contract.events() {
        let (Some(debounce), Some(schedule)) = (&event.function.debounce, &offload.schedule) else { continue };
        let gaps = schedule.gaps();
        let regular = gaps.smallest * gaps.count == gaps.span;
        let period = &debounce.period;
        // An ignored timeout is another fault; a key may tell the ticks apart.
        if !regular || debounce.key.is_some() || debounce.timeout.is_some() || period.seconds() < gaps.smallest {
            continue;
        }
        let gap = Duration::from_seconds(gaps.smallest);
        let message = format!("`{}` is called every {gap} and debounced by {}", offload.job, period.value);
        let help = format!("write a period well below {gap}, or add a `timeout`");
        let finding = findings.report(&RULE.meta, &period.at, message, help);
        finding.offload(&offload.job).also(&schedule.at, "the schedule");
    }
}
