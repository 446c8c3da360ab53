//! `route-made-synchronous`: a route that was offloaded now has to stay on the request path.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, Delta, words};
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "route-made-synchronous",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A route that was offloaded now has to stay on the request path.",
        why: "The work runs in the request again, with its time limit; runs in flight cannot continue once the \
            function is no longer served.",
        bad: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: r#"
offloads: { weekly-report: null }
synchronous: [{ route: /api/cron/weekly-report, why: It is short now. }]
"#,
        },
        good: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: "synchronous: [{ route: /api/inbox, why: A person is waiting. }]",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Callers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.removed {
            let Some(old) = offload.removed() else { continue };
            let list = evolution.new.synchronous.iter();
            let Some(route) = list.map(|s| &s.route).find(|route| route.value == old.route.value) else { continue };
            let message =
                format!("`{}` was offloaded by `{}` and now has to stay on the request path", route.value, old.job);
            let help = format!(
                "turn the offload off, wait until the runs of {} have ended, then deploy this; measure that the \
                 work fits into a request",
                words::functions(old)
            );
            let delta = Delta { is_at: route.at.clone(), ..offload.clone() };
            changes.tell(&RULE, &delta, message, help);
            changes.account(&Pointer::root().key("synchronous").key(&route.value));
        }
    },
};
