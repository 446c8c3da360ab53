//! `flag-replaced`: another flag switches an offload.

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
        summary: "Another flag switches an offload.",
        why: "What was set for the old flag no longer counts here: the offload is on or off as the other flag \
              is, and switches with everything that hangs on that one.",
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
            let message = format!("`{}` is switched by `{}`, not by `{}`", offload.label, is.value, was.value);
            let help = format!(
                "compare both variables in every environment before this is live; the rollback is that of `{}` now",
                is.value
            );
            changes.tell(&RULE, &offload.part("flag", |o| o.flag.as_ref()).unwrapped(), message, help);
            // Flags that only this offload had come and go with it.
            changes.account(&Pointer::root().key("flags").key(&was.value));
            changes.account(&Pointer::root().key("flags").key(&is.value));
        }
    },
};
