//! `device-name`: a name that Windows keeps for a device.

use crate::contract::{BadPath, Contract, RelPath};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "device-name",
        severity: Severity::Error,
        group: Group::Names,
        summary: "A job or a payload has a name that is reserved for a device on Windows.",
        why: "Handlers and schemas are files with these names, and a repository with a file `con.ts` cannot be \
              checked out on Windows.",
        bad: Example::Over(
            r#"
offloads:
  aux:
    { kind: cron, priority: P1, route: /api/cron/aux, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/auxiliary/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: aux, step: convert }]
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  auxiliary:
    { kind: cron, priority: P1, route: /api/cron/auxiliary, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/auxiliary/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: auxiliary, step: convert }]
"#,
        ),
    },
    check: |contract, findings| {
        let jobs = contract.offloads.values().map(|offload| ("job", &offload.job, &offload.at));
        let payloads = contract.payloads.values().map(|payload| ("payload", &payload.name, &payload.at));
        for (what, name, at) in jobs.chain(payloads) {
            if RelPath::parse(name) == Err(BadPath::Reserved) {
                let message = format!("the {what} `{name}` has a name that is reserved for a device on Windows");
                findings.report_key(&RULE.meta, at, message, "choose another name: files are named after it");
            }
        }
    },
};
