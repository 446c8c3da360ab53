//! `secret-no-longer-declared`: a variable is no longer declared as a secret.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "secret-no-longer-declared",
        severity: Severity::Note,
        group: Group::Change,
        summary: "A variable is no longer declared as a secret.",
        why: "It is no longer checked for white space; nothing changes at run time.",
        bad: Example::Change { old: "environment: { secrets: [CRON_SECRET] }", new: "environment: { secrets: [] }" },
        good: Example::Change {
            old: "environment: { secrets: [CRON_SECRET] }",
            new: "offloads: { nightly-report: { priority: P2 } }",
        },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, name, delta) in lists::secrets(evolution) {
            if gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{name}` is no longer declared as a secret"),
                    "make sure that nothing reads it",
                );
            }
        }
    },
};
