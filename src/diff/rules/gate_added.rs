//! `gate-added`: a command is added to the gates.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, plan};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "gate-added",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A command is added to the gates.",
        why: "It only adds a check before or after a change.",
        bad: Example::Change { old: "gates: { run: [npm run lint] }", new: "gates: { run: [npm run lint, npm test] }" },
        good: Example::Change {
            old: "gates: { run: [npm run lint] }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, command, delta) in plan::commands(evolution) {
            if !gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{command}` is now run as well"),
                    "run it once against what is deployed now",
                );
            }
        }
    },
};
