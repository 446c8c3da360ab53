//! `window-added`: an offload has windows from now on.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An offload has windows from now on.",
        why: "Calls of one window become one run wherever the key says so; before, every key of its own was a \
              run.",
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
                let message = format!("`{}` has windows from now on: {}", offload.label, words::change(&window));
                let help = "look at the dispatch key: whether calls become one run is decided there";
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
