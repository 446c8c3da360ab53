//! `condition-rewritten`: a condition is written differently and means the same.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, conditions};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "condition-rewritten",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A condition is written differently and means the same.",
        why: "It holds in the same environments; the compiler has checked every case.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { on: CRON_NIGHTLY_REPORT_USE_INNGEST }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { on: null, not: { not: { on: CRON_NIGHTLY_REPORT_USE_INNGEST } } }
"#,
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen: { on: CRON_NIGHTLY_REPORT_USE_INNGEST }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      enabledWhen:
        on: null
        allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { set: INNGEST_EVENT_KEY }]
"#,
        },
    },
    hits: &[],
    check: |evolution, changes| {
        for (flag, condition, was, is) in conditions::of_flags(evolution) {
            if conditions::equivalent(&was, &is) {
                changes.tell(
                    &RULE,
                    &condition,
                    format!("the condition of `{}` is written differently: {is}", flag.label),
                    "nothing to do",
                );
            }
        }
        let configured =
            evolution.contract.part("dispatch", |c| Some(&c.dispatch)).value("configured", |d| Some(&d.configured));
        if let Some(configured) = configured
            && configured.both().is_some_and(|(was, is)| conditions::equivalent(was, is))
        {
            changes.tell(
                &RULE,
                &configured,
                "the condition under which Inngest counts as configured is written differently",
                "nothing to do",
            );
        }
    },
};
