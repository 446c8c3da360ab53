//! `payload-added`: a payload is added.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A payload is added.",
        why: "There is one more type and schema; nothing that existed uses it.",
        bad: Example::Change { old: "", new: "payloads: { Report: { fields: { id: { type: string } } } }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for payload in &evolution.payloads.added {
            changes.tell(&RULE, payload, format!("the payload `{}` is new", payload.label), "nothing to do");
        }
    },
};
