//! `override-removed`: the emergency switch of an offload is removed.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "override-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The emergency switch of an offload is removed.",
        why: "Setting it in an emergency, as the runbook said, no longer turns anything off. An environment in \
            which it is set follows the flag again as soon as this is deployed.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: REPORT_FORCE_INLINE, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { override: null } } }",
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: REPORT_FORCE_INLINE, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { description: For the report. } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            let override_ = flag.part("override", |f| f.override_.as_ref());
            if let Some(old) = override_.removed() {
                let message = format!("`{}` no longer turns `{}` off", old.on.value, flag.label);
                changes.tell(
                    &RULE,
                    &override_,
                    message,
                    "remove it from the runbooks, and look for environments that set it",
                );
            }
        }
    },
};
