//! `too-many-cancelling-events`: more cancelling events than the server takes.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::{Findings, Rule};
use crate::lint::once::Once;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "too-many-cancelling-events",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "More than five events cancel a run.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - { event: app/report.stopped, match: data.source }
        - { event: app/account.stopped, match: data.source }
        - { event: app/client.stopped, match: data.source }
        - { event: app/campaign.stopped, match: data.source }
        - { event: app/workspace.stopped, match: data.source }
        - { event: app/plan.stopped, match: data.source }"#,
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

const MOST: usize = 5;

fn check(contract: &Contract, findings: &mut Findings<'_>) {
    let mut once = Once::default();
    for (_, event) in contract.events() {
        let Some(cancel_on) = &event.function.cancel_on else { continue };
        if cancel_on.len() > MOST && once.first(cancel_on) {
            let message = format!("`cancelOn` names {} events", cancel_on.len());
            findings.report_key(&RULE.meta, &cancel_on.at, message, "name at most five");
        }
    }
}
