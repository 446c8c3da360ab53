//! `gate-removed`: a command is removed from the gates.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, plan};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "gate-removed",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A command is removed from the gates.",
        why: "Faults that it would have found before or after a change are now found in production.",
        bad: Example::Change { old: "gates: { run: [npm test, npm run lint] }", new: "gates: { run: [npm run lint] }" },
        good: Example::Change {
            old: "gates: { run: [npm test, npm run lint] }",
            new: "gates: { run: [npm run lint, npm test] }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, command, delta) in plan::commands(evolution) {
            if gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{command}` is no longer run"),
                    "make sure that something else covers it",
                );
            }
        }
    },
};
