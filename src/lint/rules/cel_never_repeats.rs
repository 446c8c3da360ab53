//! `cel-never-repeats`: an expression that is new with each event.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cel-never-repeats",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "An idempotency or key expression is different for every event.",
        why: "A value that never repeats finds no duplicate and never reaches a limit: the option has no effect.",
        bad: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.correlationId } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchKey } } }"),
    },
    check: expressions::checked_with_syntax,
};
