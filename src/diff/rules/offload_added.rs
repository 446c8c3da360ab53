//! `offload-added`: an offload is added.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "offload-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "An offload is added.",
        why: "A route that was not in the contract is added to it; nothing changes at run time until its flag is \
            on.",
        bad: Example::Change {
            old: "",
            new: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
rollout: [{ offload: nightly-report, step: convert }, { offload: weekly-report, step: convert }]
"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { expectedDuration: 1m } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.added {
            let Some(new) = offload.added() else { continue };
            let was_synchronous = evolution.old.synchronous.iter().any(|s| s.route.value == new.route.value);
            if was_synchronous {
                continue;
            }
            let message = format!("the offload `{}` is new: `{}`", new.job, new.route.value);
            let help = match &new.flag {
                Some(flag) => format!("deploy it with `{}` off, then follow the rollout", flag.value),
                None => "it has no flag: it is on as soon as it is deployed".to_owned(),
            };
            changes.tell(&RULE, offload, message, help);
        }
    },
};
