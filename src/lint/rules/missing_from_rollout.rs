//! `missing-from-rollout`: an offload of which nobody knows when it goes live.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::pointer::Pointer;
use crate::rule::{Example, Group, Meta};

/// The rule. Without any rollout it is one finding, not one for each offload.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "missing-from-rollout",
        severity: Severity::Warning,
        group: Group::Scope,
        summary: "An offload has no step in the rollout.",
        why: "It goes live whenever someone sets its flag, out of order and without the checks of a rollout step.",
        bad: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        if contract.rollout.is_empty() {
            let help = "add `rollout` with one step for each offload, the highest priority first";
            findings.report_key(&RULE.meta, &Pointer::root().key("offloads"), "the rollout lists no offload", help);
            return;
        }
        let steps: HashSet<&str> = contract.rollout.iter().map(|step| step.offload.as_str()).collect();
        for offload in contract.offloads.values().filter(|offload| !steps.contains(offload.job.as_str())) {
            let message = format!("`{}` has no step in the rollout", offload.job);
            findings.report_key(&RULE.meta, &offload.at, message, "add a step for it under `rollout`");
        }
    },
};
