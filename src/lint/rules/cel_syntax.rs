//! `cel-syntax`: an expression that cannot be read.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cel-syntax",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "An expression of a function option is not valid CEL.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data?.dispatchKey } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchKey } } }"),
    },
    check: expressions::check,
};
