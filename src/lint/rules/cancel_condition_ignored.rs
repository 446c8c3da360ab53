//! `cancel-condition-ignored`: a condition that the SDK does not look at.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cancel-condition-ignored",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A cancelling event has both `if` and `match`.",
        why: "The SDK uses `match` and silently drops `if`: it cancels runs that the condition would have kept.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - event: app/report.stopped
          match: data.source
          if: event.data.source == async.data.source"#,
        ),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - event: app/report.stopped
          if: event.data.source == async.data.source"#,
        ),
    },
    check,
};

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        for cancel in event.function.cancel_on.iter().flat_map(|list| list.iter()) {
            let (Some(condition), Some(matched)) = (&cancel.if_, &cancel.match_) else { continue };
            if once.first(condition) {
                let message = format!("`match` overrides `if` for `{}`", cancel.event.value);
                let help = format!(
                    "remove `match` and write it in the condition: `event.{0} == async.{0} && …`",
                    matched.value
                );
                findings.report_key(&RULE.meta, &condition.at, message, help).also(&matched.at, "`match` is set here");
            }
        }
    }
}
