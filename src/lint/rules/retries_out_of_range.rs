//! `retries-out-of-range`: retries that the server clamps.

use crate::contract::{Amount, Contract, Number};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "retries-out-of-range",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "`retries` is below 0 or above 20, or a variable can set it so.",
        why: "The server silently clamps values above 20, and with -1 a run has no attempt at all.",
        bad: Example::Over("offloads: { nightly-report: { function: { retries: 25 } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { retries: 3 } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(retries) = event.function.retries.as_ref().filter(|retries| applies(retries)) else { continue };
        if once.first(retries) {
            let (message, help) = match &retries.value.value {
                Amount::Fixed(count) => {
                    (format!("`retries` is {count}; Inngest accepts 0 to 20"), "write a number from 0 to 20")
                }
                Amount::Env { env, min, max, .. } => {
                    let few = min.is_none_or(|min| min < 0);
                    let many = max.is_none_or(|max| max > 20);
                    let range = match (few, many) {
                        (true, true) => "below 0 or above 20",
                        (true, false) => "below 0",
                        _ => "above 20",
                    };
                    (
                        format!("`{env}` can set `retries` {range}; Inngest accepts 0 to 20"),
                        "add `min: 0` and a `max` \
                                                                                             of at most 20",
                    )
                }
            };
            findings.report(&RULE.meta, &retries.at, message, help);
        }
    }
}

/// Whether a number of retries is, or may become, one that the server changes.
pub(super) fn applies(retries: &Number) -> bool {
    let (smallest, largest) = (retries.value.smallest(), retries.value.largest());
    smallest.is_none_or(|smallest| smallest < 0) || largest.is_none_or(|largest| largest > 20)
}
