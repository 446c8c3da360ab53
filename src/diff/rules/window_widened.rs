//! `window-widened`: more calls become one run.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-widened",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "More calls become one run.",
        why: "Calls in one window become one run, so there are fewer runs with more work each. At the changeover, \
            the wider window may begin at an instant whose key is already used, and its first calls start nothing.",
        bad: Example::Change {
            old: r#"offloads: { nightly-report: { schedule: "*/15 * * * *" } }"#,
            new: "offloads: { nightly-report: { window: 15m } }",
        },
        good: Example::Change {
            old: r#"offloads: { nightly-report: { schedule: "*/15 * * * *" } }"#,
            new: "offloads: { nightly-report: { window: 1m } }",
        },
    },
    hits: &[Audience::Callers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((window, was, is)) = keys::window(offload) else { continue };
            if is > was {
                let message = format!("the window of `{}` grows from {was} to {is}", offload.label);
                let help = format!(
                    "deploy at the beginning of a window of {is}; look up with `inngest-offload key {}` whether its \
                     key was issued in the last 24 h, and if so request that window by hand",
                    offload.label
                );
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
