//! `useless-justification`: a justification of nothing.

use super::above_ceiling::is_above;
use crate::contract::{Contract, Number, Sourced};
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "useless-justification",
        severity: Severity::Warning,
        group: Group::Policy,
        summary: "A number that is not above its ceiling has a justification.",
        why: "If somebody raises the number later, the old justification would seem to cover it.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      retries:
        value: 3
        justification: { evidence: docs/retries.md, reason: Measured. }"#,
        ),
        good: Example::Over("offloads: { nightly-report: { function: { retries: 3 } } }"),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    let policy = &contract.policy;
    for (_, event) in contract.events() {
        let retries = event.function.retries.iter().map(|retries| (retries, &policy.retries));
        let limits = event.function.concurrency.iter().flat_map(|limits| limits.iter());
        for (number, ceiling) in retries.chain(limits.map(|limit| (&limit.limit, &policy.concurrency))) {
            report(number, ceiling, &mut once, findings);
        }
    }
}

fn report(number: &Sourced<Number>, ceiling: &Sourced<i64>, once: &mut Once, findings: &mut Findings<'_>) {
    if number.justification.is_some() && !is_above(number, ceiling.value) && once.first(number) {
        let message = format!("this justification is not needed: the ceiling is {}", ceiling.value);
        findings.report_key(&RULE.meta, &number.at.key("justification"), message, "remove it");
    }
}
