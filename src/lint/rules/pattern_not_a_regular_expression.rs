//! `pattern-not-a-regular-expression`: a bound that cannot be checked.

use serde_json::json;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::samples::written_fields;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "pattern-not-a-regular-expression",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "The `pattern` of a field is not a regular expression.",
        why: "Creating a validator from the schema throws, so the module that checks events fails to load.",
        bad: Example::Over(
            r#"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { code: { type: string, optional: true, pattern: "^[A-Z" } } }
offloads: { nightly-report: { payload: ReportData } }
"#,
        ),
        good: Example::Over(
            r#"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { code: { type: string, optional: true, pattern: "^[A-Z]+$" } } }
offloads: { nightly-report: { payload: ReportData } }
"#,
        ),
    },
    check: |contract, findings| {
        for field in written_fields(contract) {
            let Some(pattern) = field.bounds.get("pattern").and_then(|pattern| pattern.as_str()) else { continue };
            if jsonschema::validator_for(&json!({ "pattern": pattern })).is_err() {
                let message = format!("`{pattern}` is not a regular expression");
                let help = "write a regular expression of ECMA 262, as JSON Schema uses it";
                findings.report(&RULE.meta, &field.at.key("pattern"), message, help);
            }
        }
    },
};
