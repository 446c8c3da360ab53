//! `rollback-added`: a flag now has a rollback.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "rollback-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A flag now has a rollback.",
        why: "The compiler proves that the rollback turns the offload off from every state; before, nothing was \
            guaranteed.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { on: CRON_NIGHTLY_REPORT_USE_INNGEST }
"#,
            new: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { on: CRON_NIGHTLY_REPORT_USE_INNGEST }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            let rollback = flag.part("rollback", |f| f.rollback.as_ref());
            if rollback.added().is_some() {
                changes.tell(
                    &RULE,
                    &rollback,
                    format!("`{}` now has a rollback", flag.label),
                    "put it into the runbook",
                );
            }
        }
    },
};
