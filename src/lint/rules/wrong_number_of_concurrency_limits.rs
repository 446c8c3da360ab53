//! `wrong-number-of-concurrency-limits`: no limit of concurrency, or more than two.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "wrong-number-of-concurrency-limits",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A function has an empty list of concurrency limits, or more than two.",
        why: "The server rejects three limits and then the whole app; an empty list looks like a limit, but is none.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      concurrency:
        - { limit: 1 }
        - { limit: 1, key: event.data.dispatchKey }
        - { limit: 1, scope: env, key: "'reports'" }"#,
        ),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      concurrency:
        - { limit: 1 }
        - { limit: 1, scope: env, key: "'reports'" }"#,
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(limits) = &event.function.concurrency else { continue };
        if !(1..=2).contains(&limits.len()) && once.first(limits) {
            let message = format!("`concurrency` has {} limits", limits.len());
            findings.report(&RULE.meta, &limits.at, message, "write one or two");
        }
    }
}
