//! `above-ceiling`: more retries or runs at a time than the policy allows.

use super::retries_out_of_range;
use crate::contract::{Contract, Number, Origin, Sourced};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "above-ceiling",
        severity: Severity::Error,
        group: Group::Policy,
        summary: "Retries or concurrency above the ceiling of the policy, without a justification.",
        why: "Retries and parallel runs multiply the load on what is already slow; only a measurement shows that \
              it can take them.",
        bad: Example::Over("offloads: { nightly-report: { function: { retries: 5 } } }"),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      retries:
        value: 5
        justification: { evidence: docs/retries.md, reason: Four timeouts in a row were seen. }"#,
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let function = &event.function;
        // A number that the server clamps is reported as that.
        if let Some(retries) = function.retries.as_ref().filter(|retries| !retries_out_of_range::applies(retries)) {
            report("retries", retries, &contract.policy.retries, &mut once, findings);
        }
        for limit in function.concurrency.iter().flat_map(|limits| limits.iter()) {
            report("concurrency", &limit.limit, &contract.policy.concurrency, &mut once, findings);
        }
    }
}

fn report(
    option: &str,
    number: &Sourced<Number>,
    ceiling: &Sourced<i64>,
    once: &mut Once,
    findings: &mut Findings<'_>,
) {
    if number.justification.is_some() || !is_above(number, ceiling.value) {
        return;
    }
    let largest = number.value.value.largest();
    if number.origin == Origin::BuiltIn {
        // The language's own number is a fault of the ceiling.
        let place = Sourced { value: (), origin: Origin::Default, at: ceiling.at.clone() };
        if once.first(&place) {
            let number = number.value.value.default_value();
            let message = format!("the built-in `{option}: {number}` is above the ceiling of {}", ceiling.value);
            findings.report(&RULE.meta, &ceiling.at, message, format!("write `{option}` under `defaults`"));
        }
        return;
    }
    if once.first(number) {
        let message = match largest {
            Some(largest) if largest == number.value.value.default_value() => {
                format!("`{option}` is {largest}, above the ceiling of {}", ceiling.value)
            }
            Some(largest) => format!("`{option}` may become {largest}, above the ceiling of {}", ceiling.value),
            None => format!("`{option}` has no upper bound, and the ceiling is {}", ceiling.value),
        };
        let help = format!(
            "write at most {}, or add `justification: {{ evidence: …, reason: … }}` to the number",
            ceiling.value
        );
        let finding = findings.report(&RULE.meta, &number.at, message, help);
        if ceiling.origin == Origin::Written {
            finding.also(&ceiling.at, "the ceiling");
        }
    }
}

/// Whether a number is, or may become, larger than its ceiling.
pub(super) fn is_above(number: &Number, ceiling: i64) -> bool {
    number.value.largest().is_none_or(|largest| largest > ceiling)
}
