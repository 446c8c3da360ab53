//! `cancel-condition-refused`: a condition of `cancelOn` that the platform refuses.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "cancel-condition-refused",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "The condition of a cancelling event uses more than logical operators, comparisons and indexing.",
        why: "The server rejects the function, and one rejected function keeps the whole app from syncing.",
        bad: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - event: app/report.stopped
          if: event.data.source == string(async.data.source)"#,
        ),
        good: Example::Over(
            r#"offloads:
  nightly-report:
    function:
      cancelOn:
        - event: app/report.stopped
          if: event.data.source == async.data.source"#,
        ),
    },
    check: expressions::checked_with_syntax,
};
