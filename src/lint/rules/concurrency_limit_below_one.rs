//! `concurrency-limit-below-one`: a concurrency limit of nothing.

use crate::contract::{Amount, Contract};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "concurrency-limit-below-one",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A concurrency limit is below 1, or a variable can set it below 1.",
        why: "The server accepts such a limit and treats it as no limit.",
        bad: Example::Over("offloads: { nightly-report: { function: { concurrency: { limit: 0 } } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { concurrency: { limit: 1 } } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        for limit in event.function.concurrency.iter().flat_map(|limits| limits.iter()) {
            let amount = &limit.limit.value.value;
            if amount.smallest().is_none_or(|smallest| smallest < 1) && once.first(&limit.limit) {
                let (message, help) = match amount {
                    Amount::Fixed(count) => (format!("the limit of `concurrency` is {count}"), "write 1 or more"),
                    Amount::Env { env, .. } => {
                        (format!("`{env}` can set the limit of `concurrency` below 1"), "add `min: 1`")
                    }
                };
                findings.report(&RULE.meta, &limit.limit.at, message, help);
            }
        }
    }
}
