//! `flag-default-changed`: a flag is now on, or off, where nothing is set.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, conditions};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-default-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A flag is now on, or off, where nothing is set.",
        why: "Environments in which nothing is set switch as soon as this is deployed.",
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
      enabledWhen:
        on: null
        anyOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { unset: CRON_NIGHTLY_REPORT_USE_INNGEST }]
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
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (flag, condition, was, is) in conditions::of_flags(evolution) {
            let (off, on) = (conditions::holds_unset(&was), conditions::holds_unset(&is));
            if off != on {
                let now = if on { "on" } else { "off" };
                let message = format!("`{}` is {now} where nothing is set: it is on when {is}", flag.label);
                let help =
                    format!("set `{}` to the intended value in every environment before this is deployed", flag.label);
                changes.tell(&RULE, &condition, message, help);
            }
        }
    },
};
