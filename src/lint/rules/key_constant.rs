//! `key-constant`: a key that never changes.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "key-constant",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "The key of an option that is not shared with other functions is the same for every event.",
        why: "The key reads like a limit for each value, but it is one limit for all events.",
        bad: Example::Over(
            "offloads: { nightly-report: { function: { concurrency: { limit: 1, key: \"'reports'\" } } } }",
        ),
        good: Example::Over(
            "offloads: { nightly-report: { function: { concurrency: { limit: 1, scope: env, key: \"'reports'\" \
              } } } }",
        ),
    },
    check: expressions::checked_with_syntax,
};
