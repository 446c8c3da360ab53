//! `duplicate-function-id`: one function id in two places.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::repeats::{self, Use};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-function-id",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Two functions have the same id.",
        why: "The SDK throws when the functions are served, so none of the application's functions is registered.",
        bad: Example::Over(
            r#"
defaults: { cron: { function: { id: cron-work } } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
defaults: { cron: { function: { id: "cron-work-{job}" } } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let uses =
            contract.events().map(|(offload, event)| Use { name: &event.function.id, job: &offload.job, key: false });
        repeats::report(&RULE.meta, "the function id", "give each function its own id", uses, findings);
    },
};
