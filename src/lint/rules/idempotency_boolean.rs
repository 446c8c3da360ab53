//! `idempotency-boolean`: an idempotency expression that is true or false.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-boolean",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "An idempotency expression is a condition, not a value.",
        why: "False silently turns idempotency off, and true is one key for all runs of a day.",
        bad: Example::Over(
            "offloads: { nightly-report: { function: { idempotency: \"event.data.dispatchKey != ''\" } } }",
        ),
        good: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchKey } } }"),
    },
    check: expressions::checked_with_syntax,
};
