//! `rollback-changed`: the rollback of a flag changes.

use crate::contract::Rollback;
use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rollback-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "The rollback of a flag changes.",
        why: "Runbooks and people know the old way. A variable that the old rollback sets and the new one does not \
            may stay set.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "0" } }
"#,
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { description: For the report. } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            let rollback = flag.part("rollback", |f| f.rollback.as_ref());
            let Some((old, new)) = rollback.both() else { continue };
            let set = |rollback: &Rollback, renamed: bool| {
                let name = |name: &str| if renamed { evolution.renames.flag(name).to_owned() } else { name.to_owned() };
                let mut all: Vec<String> =
                    rollback.set.iter().map(|(key, value)| format!("{}={value}", name(key))).collect();
                all.sort();
                all
            };
            let (was, is) = (set(old, true), set(new, false));
            if was != is {
                let mut delta = rollback.part("set", |r| Some(&r.set)).unwrapped();
                delta.path = rollback.path.key("set");
                let message = format!(
                    "the rollback of `{}` now sets {}; before, {}",
                    flag.label,
                    words::list(&is),
                    words::list(&was)
                );
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "change the runbook in the same step, and try the rollback once on staging",
                );
            }
        }
    },
};
