//! `rollback-removed`: a flag no longer has a rollback.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rollback-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A flag no longer has a rollback.",
        why: "In an emergency nobody knows how to turn the offload off from every state.",
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
      rollback: null
      enabledWhen: { on: CRON_NIGHTLY_REPORT_USE_INNGEST }
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
            if rollback.removed().is_some() {
                changes.tell(
                    &RULE,
                    &rollback,
                    format!("`{}` no longer has a rollback", flag.label),
                    "keep the rollback",
                );
            }
        }
    },
};
