//! `override-renamed`: the emergency switch of an offload is another variable.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "override-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "The emergency switch of an offload is another variable.",
        why: "Setting the old variable in an emergency no longer turns anything off. An environment in which it is \
            set follows the flag again as soon as this is deployed.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: REPORT_FORCE_INLINE, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: r#"
flags:
  declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { override: { on: REPORT_INLINE } } }
"#,
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      override: { on: REPORT_FORCE_INLINE, means: inline }
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { override: { for: emergencies } } } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            let override_ = flag.part("override", |f| f.override_.as_ref());
            if override_.both().is_some()
                && let Some(on) = override_.value("on", |o| Some(&o.on))
            {
                let message = format!("the override of `{}` changes {}", flag.label, words::change(&on));
                changes.tell(
                    &RULE,
                    &on,
                    message,
                    "put the new name into the runbooks, and set it wherever the old one is set",
                );
            }
        }
    },
};
