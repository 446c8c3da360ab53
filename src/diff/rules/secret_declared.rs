//! `secret-declared`: a variable is declared as a secret.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "secret-declared",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "A variable is declared as a secret.",
        why: "The generated preflight reports if it is missing or has white space around it: a deployment that \
            worked by luck is now reported as faulty, and it stops if the application acts on that report.",
        bad: Example::Change { old: "", new: "environment: { secrets: [CRON_SECRET] }" },
        good: Example::Change { old: "", new: "offloads: { nightly-report: { priority: P2 } }" },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, name, delta) in lists::secrets(evolution) {
            if !gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{name}` is now declared as a secret"),
                    "look at its value in every environment",
                );
            }
        }
    },
};
