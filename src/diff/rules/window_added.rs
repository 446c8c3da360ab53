//! `window-added`: an offload now has windows.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An offload now has windows.",
        why: "Calls in the same window become one run if the key contains the window; before, every different key \
            was a run.",
        bad: Example::Change {
            old: r#"offloads: { nightly-report: { window: null, dispatchKey: "cron:{job}" } }"#,
            new: "offloads: { nightly-report: { window: 5m } }",
        },
        good: Example::Change {
            old: r#"offloads: { nightly-report: { window: null, dispatchKey: "cron:{job}" } }"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Callers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(window) = offload.value("window", |o| o.window.as_ref()) else { continue };
            if window.old.is_none() && keys::still_delivers(offload) {
                let message = format!("`{}` now has windows: {}", offload.label, words::change(&window));
                let help = "check the dispatch key: it decides whether calls become one run";
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
