//! `priority-out-of-range`: a priority that the platform clamps or cannot use.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "priority-out-of-range",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "A priority is not a number, or not between -600 and 600 seconds.",
        why: "The platform silently clamps the number, so runs with different priorities become equal.",
        bad: Example::Over(r#"offloads: { nightly-report: { function: { priority: { run: "3600" } } } }"#),
        good: Example::Over(
            "offloads: { nightly-report: { function: { priority: { run: \"event.data.dispatchWindowSeconds > \
              300 ? 120 : 0\" } } } }",
        ),
    },
    check: expressions::checked_with_syntax,
};
