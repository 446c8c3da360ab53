//! `idempotency-path-not-required-text`: a path of idempotency that may be missing or is no text.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "idempotency-path-not-required-text",
        severity: Severity::Error,
        group: Group::Functions,
        summary: "A path of an idempotency expression is optional, nullable or not a text.",
        why: "A missing field silently turns idempotency off; null and the empty text are each one shared key, and \
              `1` and `\"1\"` share a key.",
        bad: Example::Over(
            r#"payloads:
  Report:
    extends: BackgroundDispatchEventData
    fields:
      batch: { type: string, optional: true }
offloads:
  nightly-report:
    payload: Report
    function:
      idempotency: event.data.batch"#,
        ),
        good: Example::Over(
            r#"payloads:
  Report:
    extends: BackgroundDispatchEventData
    fields:
      batch: { type: string }
offloads:
  nightly-report:
    payload: Report
    function:
      idempotency: event.data.batch"#,
        ),
    },
    check: expressions::checked_with_syntax,
};
