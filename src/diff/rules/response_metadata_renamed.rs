//! `response-metadata-renamed`: responses carry the dispatch metadata in another field.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, words};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "response-metadata-renamed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "Responses carry the dispatch metadata in another field.",
        why: "Callers that read the old field find nothing.",
        bad: Example::Change { old: "", new: "dispatch: { metadata: queued }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Callers, Audience::Dashboards],
    check: |evolution, changes| {
        let metadata =
            evolution.contract.part("dispatch", |c| Some(&c.dispatch)).value("metadata", |d| Some(&d.metadata));
        if let Some(metadata) = metadata {
            let message = format!("the field of the dispatch metadata changes {}", words::change(&metadata));
            changes.tell(&RULE, &metadata, message, "make every reader look at both fields first");
        }
    },
};
