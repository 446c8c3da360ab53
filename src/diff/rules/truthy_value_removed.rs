//! `truthy-value-removed`: a value no longer counts as on.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "truthy-value-removed",
        severity: Severity::Error,
        group: Group::Change,
        summary: "A value no longer counts as on.",
        why: "Every flag that is set to it is off as soon as this is deployed.",
        bad: Example::Change { old: "", new: r#"flags: { truthy: ["1", "true", "yes"] }"# },
        good: Example::Change { old: "", new: r#"flags: { truthy: ["1", "true", "yes", "on", "enabled"] }"# },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, value, delta) in lists::truthy(evolution) {
            if gone {
                let message = format!("`{value}` no longer counts as on");
                changes.tell(
                    &RULE,
                    &delta,
                    message,
                    "look for flags with that value in every environment, and set them to `true`",
                );
            }
        }
    },
};
