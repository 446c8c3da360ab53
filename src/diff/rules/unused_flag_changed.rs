//! `unused-flag-changed`: a flag that switches no offload is added or removed.

use crate::contract::Flag;
use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "unused-flag-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A flag that switches no offload is added or removed.",
        why: "Nothing in this contract reads it.",
        bad: Example::Change {
            old: "",
            new: r#"flags: { declared: { REPORT_PREVIEW: { rollback: { set: { REPORT_PREVIEW: "false" } } } } }"#,
        },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for flag in evolution.flags.added.iter().chain(&evolution.flags.removed) {
            let switches = |side: Option<&Flag>| side.is_some_and(|flag| !flag.offloads.is_empty());
            if switches(flag.old) || switches(flag.new) {
                // It comes or goes with an offload, which is reported.
                changes.account(&flag.path);
            } else {
                let how = if flag.old.is_none() { "is now declared" } else { "is no longer declared" };
                changes.tell(&RULE, flag, format!("`{}` {how}; it switches nothing", flag.label), "nothing to do");
            }
        }
    },
};
