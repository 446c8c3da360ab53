//! `window-removed`: an offload has no windows any more.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An offload has no windows any more.",
        why: "Nothing in the call says which slice of time it asks for; fields that are bound to the window \
              are empty.",
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
                let message = format!("`{}` has no windows any more", offload.label);
                let help = "make sure that the dispatch key still changes as often as work is wanted, and that the handler does \
                    not read the window";
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
