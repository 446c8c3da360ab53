//! `flag-replaced`: an offload is switched by a different flag.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::pointer::Pointer;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-replaced",
        severity: Severity::Error,
        group: Group::Change,
        summary: "An offload is switched by a different flag.",
        why: "The value of the old flag no longer matters here: the offload is on or off with the other flag, and \
            it switches together with everything else that uses that flag.",
        bad: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: "offloads: { weekly-report: { flag: CRON_NIGHTLY_REPORT_USE_INNGEST } }",
        },
        good: Example::Change {
            old: r#"
offloads:
  weekly-report: { kind: cron, route: /api/cron/weekly-report, schedule: "0 3 * * 1", window: 24h, owners: [app/api/cron/weekly-report/route.ts] }
"#,
            new: "offloads: { weekly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((old, new)) = offload.both() else { continue };
            let (Some(was), Some(is)) = (&old.flag, &new.flag) else { continue };
            if evolution.renames.flag(&was.value) == is.value {
                continue;
            }
            let message = format!("`{}` is now switched by `{}` instead of `{}`", offload.label, is.value, was.value);
            let help = format!(
                "compare both variables in every environment before this is deployed; the rollback is now that of \
                 `{}`",
                is.value
            );
            changes.tell(&RULE, &offload.part("flag", |o| o.flag.as_ref()).unwrapped(), message, help);
            // Flags that only this offload had come and go with it.
            changes.account(&Pointer::root().key("flags").key(&was.value));
            changes.account(&Pointer::root().key("flags").key(&is.value));
        }
    },
};
