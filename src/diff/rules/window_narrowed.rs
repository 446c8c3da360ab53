//! `window-narrowed`: fewer calls become one run.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "window-narrowed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Fewer calls become one run.",
        why: "Calls that were one run become several. At the changeover, the rest of a window that has already run \
            gets a key of its own and runs again.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { window: 1m } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { window: 10m } }" },
    },
    hits: &[Audience::Callers, Audience::Consumers, Audience::Operators],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some((window, was, is)) = keys::window(offload) else { continue };
            if is < was {
                let message = format!("the window of `{}` shrinks from {was} to {is}", offload.label);
                let help = format!(
                    "deploy at the beginning of a window of {was}, and make sure that doing the work twice does no \
                     harm"
                );
                changes.tell(&RULE, &window, message, help);
            }
        }
    },
};
