//! `duplicate-route`: two entries claim the same calls.

use std::collections::HashMap;

use crate::contract::{Contract, Offload};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "duplicate-route",
        severity: Severity::Error,
        group: Group::Names,
        summary: "Two entries claim the same calls of a route.",
        why: "Only one dispatcher can answer a call, and the contract would not say which one.",
        bad: Example::Over(
            r#"
offloads:
  nightly-cleanup:
    { kind: cron, priority: P1, route: /api/cron/nightly-report, schedule: "*/5 * * * *", window: 5m,
      owners: [app/api/cron/nightly-report/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: nightly-cleanup, step: convert }]
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
        let mut routes: HashMap<&str, Claims<'_>> = HashMap::new();
        for offload in contract.offloads.values() {
            let claims = routes.entry(&offload.route).or_default();
            if let Some(first) = claims.add(offload) {
                let (message, help) = match &offload.when {
                    Some(when) if first.when.is_some() => (
                        format!("`{}` takes the calls `{}` of `{}`", offload.job, when.value, offload.route.value),
                        "select other calls with `when`",
                    ),
                    _ => (
                        format!("`{}` has the route `{}`", offload.job, offload.route.value),
                        "give it its own route; only webhooks can share a route, each with its own `when`",
                    ),
                };
                findings
                    .report(&RULE.meta, &offload.route.at, format!("{message}, and so does `{}`", first.job), help)
                    .also(&first.route.at, format!("`{}` already has it", first.job));
            }
        }
        let mut synchronous: HashMap<&str, _> = HashMap::new();
        for route in &contract.synchronous {
            if let Some(first) = synchronous.insert(route.route.as_str(), &route.route) {
                let message = format!("the synchronous route `{}` is listed twice", route.route.value);
                findings
                    .report(&RULE.meta, &route.route.at, message, "remove one of the two entries")
                    .also(&first.at, "already listed here");
            }
        }
    },
};

/// Who has claimed calls of a route so far.
#[derive(Default)]
struct Claims<'c> {
    any: Option<&'c Offload>,
    all: Option<&'c Offload>,
    some: HashMap<&'c str, &'c Offload>,
}

impl<'c> Claims<'c> {
    /// Adds an offload; the earlier one that takes calls of it, if one does.
    fn add(&mut self, offload: &'c Offload) -> Option<&'c Offload> {
        let earlier = match &offload.when {
            Some(when) => self.all.or(self.some.get(when.as_str()).copied()),
            None => self.any,
        };
        self.any.get_or_insert(offload);
        match &offload.when {
            Some(when) => {
                self.some.entry(when).or_insert(offload);
            }
            None => {
                self.all.get_or_insert(offload);
            }
        }
        earlier
    }
}
