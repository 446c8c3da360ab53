//! `duplicate-job-name`: one job name in two places.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::repeats::{self, Use};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-job-name",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Two functions write their status under the same job name.",
        why: "The records of one job hide those of the other: a job that fails looks healthy as long as the other one \
              succeeds.",
        bad: Example::Over(
            r#"
defaults: { cron: { function: { jobName: cron-work } } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
defaults: { cron: { function: { jobName: "cron-work-{job}" } } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let uses = contract.events().map(|(offload, event)| Use {
            name: &event.function.job_name,
            job: &offload.job,
            key: false,
        });
        repeats::report(&RULE.meta, "the job name", "give each function its own job name", uses, findings);
    },
};
