//! `gates-changed`: the gates use other values, another order or another fallback, or record something else.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, plan};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "gates-changed",
        severity: Severity::Note,
        group: Group::Change,
        summary: "The gates use other values, another order or another fallback, or record something else.",
        why: "Gates are what people do around a change; nothing reads them at run time.",
        bad: Example::Change {
            old: r#"gates: { variables: { manifest: docs/a.json }, run: ["npm test -- {manifest}"] }"#,
            new: "gates: { variables: { manifest: docs/b.json } }",
        },
        good: Example::Change {
            old: r#"gates: { variables: { manifest: docs/a.json }, run: ["npm test -- {manifest}"] }"#,
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        plan::gates(evolution, changes, &RULE);
    },
};
