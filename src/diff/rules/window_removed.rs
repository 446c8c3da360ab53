//! `window-removed`: an offload no longer has windows.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An offload no longer has windows.",
        why: "Nothing in a call says which period of time it is for; fields that are bound to the window are empty.",
        bad: Example::Change {
            old: r#"offloads: { nightly-report: { dispatchKey: "cron:{job}" } }"#,
            new: "offloads: { nightly-report: { window: null } }",
        },
        good: Example::Change {
            old: r#"offloads: { nightly-report: { dispatchKey: "cron:{job}" } }"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(window) = offload.value("window", |o| o.window.as_ref()) else { continue };
            if window.new.is_none() && keys::still_delivers(offload) {
                let message = format!("`{}` no longer has windows", offload.label);
                let help = "make sure that the dispatch key still changes as often as the work is needed, and that \
                    the handler does not read the window";
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
