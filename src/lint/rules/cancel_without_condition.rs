//! `cancel-without-condition`: an event that cancels every run.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cancel-without-condition",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A cancelling event has neither `if` nor `match`.",
        why: "Each such event cancels all runs of the function, whatever they were started for.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - { event: app/report.stopped }"#,
        ),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - { event: app/report.stopped, match: data.source }"#,
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        for cancel in event.function.cancel_on.iter().flat_map(|list| list.iter()) {
            if cancel.if_.is_none() && cancel.match_.is_none() && once.first(&cancel.event) {
                let message = format!("every `{}` cancels all runs of the function", cancel.event.value);
                let help = "select the runs: `if: event.data.clientId == async.data.clientId`";
                findings.report(&RULE.meta, &cancel.event.at, message, help);
            }
        }
    }
}
