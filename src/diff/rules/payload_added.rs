//! `payload-added`: a payload is new.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A payload is new.",
        why: "A type and a schema more; nothing uses it that did not exist.",
        bad: Example::Change { old: "", new: "payloads: { Report: { fields: { id: { type: string } } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for payload in &evolution.payloads.added {
            changes.tell(&RULE, payload, format!("`{}` is new", payload.label), "nothing to do");
        }
    },
};
