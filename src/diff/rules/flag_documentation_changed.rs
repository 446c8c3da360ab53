//! `flag-documentation-changed`: a flag is now declared or no longer declared, or its `since` changes.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "flag-documentation-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A flag is now declared or no longer declared, or its `since` changes.",
        why: "Only the documents show this; what the flag switches, and when, stays the same.",
        bad: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "flags: { declared: { CRON_NIGHTLY_REPORT_USE_INNGEST: { since: phase-9 } } }",
        },
        good: Example::Change {
            old: r#"
flags:
  declared:
    CRON_NIGHTLY_REPORT_USE_INNGEST:
      rollback: { set: { CRON_NIGHTLY_REPORT_USE_INNGEST: "false" } }
"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in &evolution.flags.both {
            if let Some(since) = flag.value("since", |f| f.since.as_ref()) {
                let message = format!("`since` of `{}` changes {}", flag.label, words::change(&since));
                changes.tell(&RULE, &since, message, "nothing to do");
            }
            if flag.both().is_some_and(|(old, new)| old.declared != new.declared) {
                let how = if flag.new.is_some_and(|f| f.declared) {
                    "is now declared"
                } else {
                    "now follows from the convention"
                };
                let delta = flag.fact("declared", |f| Some(&f.declared));
                changes.tell(&RULE, &delta, format!("`{}` {how}", flag.label), "nothing to do");
            }
        }
    },
};
