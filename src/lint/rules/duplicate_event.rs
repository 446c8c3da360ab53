//! `duplicate-event`: one event name in two places.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::repeats::{self, Use};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-event",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Two offloads send events with the same name.",
        why: "Inngest starts every function that the name triggers: each dispatch of one job would also run the other.",
        bad: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      events: { cron/nightly-report.requested: {} }, owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      events: { cron/nightly-cleanup.requested: {} }, owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let uses = contract.events().map(|(offload, event)| Use {
            name: &event.name,
            job: &offload.job,
            key: event.name.at == event.at,
        });
        repeats::report(&RULE.meta, "the event", "give each offload its own event", uses, findings);
    },
};
