//! `payloads-differ-only-in-case`: two payloads would be one file.

use std::collections::HashMap;

use crate::contract::{Contract, Payload};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "payloads-differ-only-in-case",
        severity: Severity::Error,
        group: Group::Names,
        summary: "The names of two payloads differ only in case.",
        why: "Each payload has a JSON Schema in a file with its name; on macOS and Windows, the second file \
              overwrites the first.",
        bad: Example::Over(
            r#"
payloads:
  ReportData: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } }
  ReportDATA: { extends: ReportData, fields: { page: { type: integer, optional: true } } }
offloads: { nightly-report: { payload: ReportDATA } }
"#,
        ),
        good: Example::Over(
            r#"
payloads:
  ReportData: { extends: BackgroundDispatchEventData, fields: { note: { type: string, optional: true } } }
  PagedReportData: { extends: ReportData, fields: { page: { type: integer, optional: true } } }
offloads: { nightly-report: { payload: PagedReportData } }
"#,
        ),
    },
    check: |contract, findings| {
        let mut firsts: HashMap<String, &Payload> = HashMap::new();
        for payload in contract.payloads.values() {
            let first = *firsts.entry(payload.name.to_lowercase()).or_insert(payload);
            if first.name != payload.name {
                let message = format!("the payloads `{}` and `{}` differ only in case", first.name, payload.name);
                findings
                    .report_key(&RULE.meta, &payload.at, message, "rename one of the two")
                    .also(&first.at, "the other payload");
            }
        }
    },
};
