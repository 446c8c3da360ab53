//! `offload-removed`: an offload is removed.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "offload-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload is removed.",
        why: "Its function is no longer served, so runs in flight cannot continue, and its route no longer \
            dispatches. Events that are still sent start nothing.",
        bad: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: "offloads: { weekly-report: null }",
        },
        good: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: "offloads: { weekly-report: { description: Once a week. } }",
        },
    },
    hits: &[Audience::RunsInFlight, Audience::Operators, Audience::Dashboards, Audience::Callers],
    check: |evolution, changes| {
        for offload in &evolution.offloads.removed {
            let Some(old) = offload.removed() else { continue };
            let is_synchronous = evolution.new.synchronous.iter().any(|s| s.route.value == old.route.value);
            if is_synchronous {
                continue;
            }
            let message = format!("`{}` is removed: `{}` is no longer offloaded", old.job, old.route.value);
            let off = match &old.flag {
                Some(flag) => format!("turn `{}` off first", flag.value),
                None => "stop the calls of the route first".to_owned(),
            };
            let help = format!("{off}, wait until the runs of {} have ended, then remove it", words::functions(old));
            changes.tell(&RULE, offload, message, help);
        }
    },
};
