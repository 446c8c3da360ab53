//! `throttle-out-of-range`: a throttle that lets nothing through.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "throttle-out-of-range",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "The limit or the burst of a throttle is below 1.",
        why: "No run could ever start, or the server replaces the number by its own.",
        bad: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 0, period: 1m } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { throttle: { limit: 10, period: 1m } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(throttle) = &event.function.throttle else { continue };
        for (name, number) in
            std::iter::once(("limit", &throttle.limit)).chain(throttle.burst.iter().map(|n| ("burst", n)))
        {
            if number.value < 1 && once.first(number) {
                let message = format!("the {name} of `throttle` is {}", number.value);
                findings.report(&RULE.meta, &number.at, message, "write 1 or more");
            }
        }
    }
}
