//! `key-path-optional`: a key that may be missing.

use super::expressions;
use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "key-path-optional",
        severity: Severity::Warning,
        group: Group::Functions,
        summary: "The key of an option reads a value that can be absent or null.",
        why: "All runs without the value share one key: they wait for, drop or replace each other.",
        bad: Example::Over(
            r#"payloads:
  Report:
    extends: BackgroundDispatchEventData
    fields:
      tenant: { type: string, nullable: true }
offloads:
  nightly-report:
    payload: Report
    function:
      throttle: { limit: 10, period: 1m, key: event.data.tenant }"#,
        ),
        good: Example::Over(
            r#"payloads:
  Report:
    extends: BackgroundDispatchEventData
    fields:
      tenant: { type: string }
offloads:
  nightly-report:
    payload: Report
    function:
      throttle: { limit: 10, period: 1m, key: event.data.tenant }"#,
        ),
    },
    check: expressions::checked_with_syntax,
};
