//! `above-ceiling`: more retries or runs at a time than the policy allows.

use std::collections::BTreeSet;

use super::retries_out_of_range;
use crate::contract::{Amount, Contract, Function, Kind, Number, Origin, Sourced};
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
        why: "Retries and parallel runs multiply the load on work that is already slow; only a measurement shows that \
              the system can take them.",
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
            report("retries", retries, &contract.policy.retries, contract, &mut once, findings);
        }
        for limit in function.concurrency.iter().flat_map(|limits| limits.iter()) {
            report("concurrency", &limit.limit, &contract.policy.concurrency, contract, &mut once, findings);
        }
    }
}

fn report(
    option: &str,
    number: &Sourced<Number>,
    ceiling: &Sourced<i64>,
    contract: &Contract,
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
            findings.report(&RULE.meta, &ceiling.at, message, below_built_in(option, number, ceiling.value, contract));
        }
        return;
    }
    if once.first(number) {
        let message = match largest {
            Some(largest) if largest == number.value.value.default_value() => {
                format!("`{option}` is {largest}, above the ceiling of {}", ceiling.value)
            }
            Some(largest) => format!("`{option}` can become {largest}, above the ceiling of {}", ceiling.value),
            None => format!("`{option}` has no upper bound, but the ceiling is {}", ceiling.value),
        };
        let help = format!("write at most {}, or justify it: `{}`", at_most(number, ceiling.value), justified(number));
        let finding = findings.report(&RULE.meta, &number.at, message, help);
        if ceiling.origin == Origin::Written {
            finding.also(&ceiling.at, "the ceiling");
        }
    }
}

/// How the language's own number gets below the ceiling, for each kind that has it; or the ceiling above it.
fn below_built_in(option: &str, number: i64, ceiling: i64, contract: &Contract) -> String {
    let has_built_in = |function: &Function| match option {
        "retries" => function.retries.as_ref().is_some_and(|number| number.origin == Origin::BuiltIn),
        _ => function.concurrency.as_ref().is_some_and(|limits| limits.origin == Origin::BuiltIn),
    };
    let events = contract.events().filter(|(_, event)| has_built_in(&event.function));
    let kinds: BTreeSet<&str> = events
        .map(|(offload, _)| match offload.kind.value {
            Kind::Cron => "cron",
            Kind::Webhook => "webhook",
        })
        .collect();
    let each = kinds.iter().map(|kind| format!("{kind}: {{ function: {{ {option}: {ceiling} }} }}"));
    let each: Vec<String> = each.collect();
    // A limit below 1 holds nothing back.
    match option == "concurrency" && ceiling < 1 {
        true => format!("raise the ceiling: `policy: {{ {option}: {{ ceiling: {number} }} }}`"),
        false => format!("write `defaults: {{ {} }}`, or raise the ceiling to {number}", each.join(", ")),
    }
}

/// The ceiling, with the keys of a number from the environment that have to stay below it.
fn at_most(number: &Number, ceiling: i64) -> String {
    let Amount::Env { default, min, max, .. } = &number.value else { return ceiling.to_string() };
    let bounds = [("min", *min), ("default", Some(*default)), ("max", Some(max.unwrap_or(i64::MAX)))];
    let above = bounds.iter().filter(|(_, value)| value.is_some_and(|value| value > ceiling));
    let keys: Vec<String> = above.map(|(key, _)| format!("`{key}`")).collect();
    format!("{ceiling} as {}", keys.join(" and "))
}

/// How a number is written with a justification: the key that holds it, and its value.
fn justified(number: &Sourced<Number>) -> String {
    const JUSTIFICATION: &str = "justification: { evidence: …, reason: … }";
    let inner = match &number.value.value {
        Amount::Fixed(value) => format!("{{ value: {value}, {JUSTIFICATION} }}"),
        Amount::Env { env, default, min, max } => {
            let bound = |name, value: &Option<i64>| value.map(|value| format!(", {name}: {value}")).unwrap_or_default();
            let bounds = format!("{}{}", bound("min", min), bound("max", max));
            format!("{{ env: {env}, default: {default}{bounds}, {JUSTIFICATION} }}")
        }
    };
    match number.at.segments().last().as_deref() {
        // A bare number has no place for more: the limit becomes a map.
        Some("concurrency") => format!("concurrency: {{ limit: {inner} }}"),
        Some(key) => format!("{key}: {inner}"),
        None => inner,
    }
}

/// Whether a number is, or may become, larger than its ceiling.
pub(super) fn is_above(number: &Number, ceiling: i64) -> bool {
    number.value.largest().is_none_or(|largest| largest > ceiling)
}
