//! `idempotency-constant`: an idempotency expression that never changes.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-constant",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "An idempotency expression is the same for every event of the function.",
        why: "The function runs once in 24 hours; all later runs are silently dropped.",
        bad: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.source } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchKey } } }"),
    },
    check: expressions::checked_with_syntax,
};
