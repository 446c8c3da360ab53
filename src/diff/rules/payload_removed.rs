//! `payload-removed`: a payload is removed.

use crate::diagnostic::Severity;
use crate::diff::ChangeRule;
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "payload-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A payload is removed.",
        why: "Code that imports its type, or validates against its schema, no longer finds it.",
        bad: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: null }",
        },
        good: Example::Change {
            old: "payloads: { Report: { fields: { id: { type: string } } } }",
            new: "payloads: { Report: { description: One report. } }",
        },
    },
    hits: &[Audience::Producers, Audience::Consumers],
    check: |evolution, changes| {
        for payload in &evolution.payloads.removed {
            let message = format!("the payload `{}` is removed", payload.label);
            changes.tell(
                &RULE,
                payload,
                message,
                "make sure that no other service reads its schema, then remove the imports",
            );
        }
    },
};
