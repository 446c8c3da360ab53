//! `shared-flag`: a flag by convention switches two offloads.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::repeats::{self, Use};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "shared-flag",
        severity: Severity::Warning,
        group: Group::Names,
        summary: "Two offloads have the same flag, but the flag is not declared.",
        why: "Rolling back one of them also rolls back the other.",
        bad: Example::Over(
            r#"
defaults: { cron: { flag: CRON_USE_INNGEST } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
defaults: { cron: { flag: CRON_USE_INNGEST } }
flags: { declared: { CRON_USE_INNGEST: { description: Switches both., rollback: { set: { CRON_USE_INNGEST: "false" } } } } }
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-cleanup, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-cleanup/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let uses = contract.offloads.values().filter_map(|offload| {
            let name = offload.flag.as_ref()?;
            let declared = contract.flags.get(&name.value).is_some_and(|flag| flag.declared);
            (!declared).then_some(Use { name, job: &offload.job, key: false })
        });
        let help = "give each offload its own flag; if one switch is intended, declare it under `flags.declared`";
        repeats::report(&RULE.meta, "the flag", help, uses, findings);
    },
};
