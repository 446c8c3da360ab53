//! `debounce-period-out-of-range`: a debounce that the server refuses.

use super::example::existing;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "debounce-period-out-of-range",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A debounce period of more than seven days.",
        why: "The server accepts 1 second to 7 days; one rejected function keeps the whole app from syncing.",
        bad: Example::Over(existing!("debounce: { period: 8d, timeout: 9d }", accepting "event-id-ignored")),
        good: Example::Over(existing!("debounce: { period: 10s }", accepting "event-id-ignored")),
    },
    check,
};

const LONGEST: u64 = 7 * 86_400;

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(debounce) = &event.function.debounce else { continue };
        // Shorter than a second is no duration of the language.
        if debounce.period.seconds() > LONGEST && once.first(&debounce.period) {
            let message = format!("the period of `debounce` is {}", debounce.period.value);
            findings.report(&RULE.meta, &debounce.period.at, message, "write at most `7d`");
        }
    }
}
