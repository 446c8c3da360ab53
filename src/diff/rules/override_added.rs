//! `override-added`: a variable now turns an offload off, whatever its flag says.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "override-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A variable now turns an offload off, whatever its flag says.",
        why: "An environment that already sets the variable runs inline as soon as this is deployed.",
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
      override: { on: REPORT_FORCE_INLINE, means: inline }
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
            let override_ = flag.part("override", |f| f.override_.as_ref());
            if let Some(new) = override_.added() {
                let message = format!("`{}` now overrides `{}`", new.on.value, flag.label);
                let help = format!("make sure that no environment sets `{}`", new.on.value);
                changes.tell(&RULE, &override_, message, help);
            }
        }
    },
};
