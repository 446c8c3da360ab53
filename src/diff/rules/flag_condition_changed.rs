//! `flag-condition-changed`: a flag is on in different environments than before.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, conditions};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-condition-changed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A flag is on in different environments than before.",
        why: "Environments switch although nobody has set anything, and the existing rollback was proven for the \
            old condition.",
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
        allOf: [{ on: CRON_NIGHTLY_REPORT_USE_INNGEST }, { set: INNGEST_EVENT_KEY }]
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
      enabledWhen: { on: null, not: { not: { on: CRON_NIGHTLY_REPORT_USE_INNGEST } } }
"#,
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (flag, condition, was, is) in conditions::of_flags(evolution) {
            if conditions::holds_unset(&was) == conditions::holds_unset(&is) && !conditions::equivalent(&was, &is) {
                let message = format!("`{}` is now on when {is}; before, when {was}", flag.label);
                changes.tell(
                    &RULE,
                    &condition,
                    message,
                    "check its truth table with the values of every environment before this is deployed",
                );
            }
        }
    },
};
