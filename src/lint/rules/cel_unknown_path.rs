//! `cel-unknown-path`: an expression reads what no event has.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cel-unknown-path",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "An expression reads a value that the event or its payload does not have.",
        why: "A missing field silently turns idempotency off, and a key that is an unquoted word is the same for all \
              runs. The server reports neither.",
        bad: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchkey } } }"),
        good: Example::Over("offloads: { nightly-report: { function: { idempotency: event.data.dispatchKey } } }"),
    },
    check: expressions::checked_with_syntax,
};
