//! `duplicate-identifier`: two names become one TypeScript identifier.

use std::collections::HashMap;

use crate::contract::{Contract, Sourced, Status};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::names::pascal;
use crate::rule::{Example, Group, Meta};

/// The rule. Of two jobs that collide, their functions are not reported as well; equal names are
/// [`super::duplicate_function_id`]'s and [`super::duplicate_job_name`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-identifier",
        severity: Severity::Error,
        group: Group::Names,
        summary: "The names of two jobs or functions become the same TypeScript identifier.",
        why: "`report-1` and `report1` both become `Report1`, as in `dispatchReport1`: the generated module would \
              declare the name twice.",
        bad: Example::Over(
            r#"
offloads:
  report-1:
    { kind: cron, priority: P1, route: /api/cron/report-1, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/report-1/route.ts] }
  report1:
    { kind: cron, priority: P1, route: /api/cron/report1, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/report1/route.ts] }
rollout:
  - { offload: nightly-report, step: convert }
  - { offload: report-1, step: convert }
  - { offload: report1, step: convert }
"#,
        ),
        good: Example::Over(
            r#"
offloads:
  report-1:
    { kind: cron, priority: P1, route: /api/cron/report-1, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/report-1/route.ts] }
  report-2:
    { kind: cron, priority: P1, route: /api/cron/report-2, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/report-2/route.ts] }
rollout:
  - { offload: nightly-report, step: convert }
  - { offload: report-1, step: convert }
  - { offload: report-2, step: convert }
"#,
        ),
    },
    check: |contract, findings| {
        let mut jobs = HashMap::new();
        let mut ids: HashMap<String, &Sourced<String>> = HashMap::new();
        let mut names: HashMap<String, &Sourced<String>> = HashMap::new();
        for offload in contract.offloads.values().filter(|offload| offload.dispatch().is_some()) {
            let identifier = pascal(&offload.job);
            if let Some(first) = jobs.get(&identifier).copied() {
                let first: &crate::contract::Offload = first;
                let message = format!("the jobs `{}` and `{}` both become `{identifier}`", first.job, offload.job);
                findings
                    .report_key(&RULE.meta, &offload.at, message, "rename one of the two")
                    .also(&first.at, "the other job");
                continue;
            }
            jobs.insert(identifier, offload);
            if offload.status.value != Status::Generated {
                continue;
            }
            for event in offload.events() {
                let both = [
                    ("function ids", &mut ids, &event.function.id),
                    ("job names", &mut names, &event.function.job_name),
                ];
                for (what, known, name) in both {
                    let identifier = pascal(&name.value);
                    let first = *known.entry(identifier.clone()).or_insert(name);
                    if first.value != name.value {
                        let message =
                            format!("the {what} `{}` and `{}` both become `{identifier}`", first.value, name.value);
                        findings
                            .report(&RULE.meta, &name.at, message, "rename one of the two")
                            .also(&first.at, "the other one")
                            .offload(&offload.job);
                        break;
                    }
                }
            }
        }
    },
};
