//! `truthy-value-added`: an additional value counts as on.

use crate::diagnostic::Severity;
use crate::diff::{ChangeRule, lists};
use crate::rule::{Audience, Example, Group, Meta};

/// The rule.
pub(super) static RULE: ChangeRule = ChangeRule {
    meta: Meta {
        id: "truthy-value-added",
        severity: Severity::Warning,
        group: Group::Change,
        summary: "An additional value counts as on.",
        why: "Every flag that is set to it is on as soon as this is deployed.",
        bad: Example::Change { old: "", new: r#"flags: { truthy: ["1", "true", "yes", "on", "enabled"] }"# },
        good: Example::Change { old: "", new: r#"flags: { truthy: ["1", "true", "yes"] }"# },
    },
    hits: &[Audience::Operators],
    check: |evolution, changes| {
        for (gone, value, delta) in lists::truthy(evolution) {
            if !gone {
                changes.tell(
                    &RULE,
                    &delta,
                    format!("`{value}` now counts as on"),
                    "look for flags with that value in every environment",
                );
            }
        }
    },
};
