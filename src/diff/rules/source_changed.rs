//! `source-changed`: events name a different source.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, keys, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "source-changed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "Events name a different source.",
        why: "Everything that filters or groups by source (handlers, saved searches, dashboards) treats old and new \
            events as different.",
        bad: Example::Change { old: "", new: "offloads: { nightly-report: { source: scheduler/nightly-report } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Consumers, Audience::Dashboards],
    check: |evolution, changes| {
        for offload in &evolution.offloads.both {
            let Some(events) = keys::events(offload) else { continue };
            if let Some(source) = events.value("source", |e| Some(&e.source)) {
                let message = format!("the source of `{}` changes {}", offload.label, words::change(&source));
                changes.tell(
                    &RULE,
                    &source,
                    message,
                    "make filters accept both sources until no event with the old one is kept",
                );
            }
        }
    },
};
