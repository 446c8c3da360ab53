//! `value-does-not-fit`: an example or a default that the field would refuse.

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::samples::{misfit, written_fields};
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "value-does-not-fit",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "The example or the default of a field does not fit its type or its bounds.",
        why: "People copy examples, and code relies on defaults, but the schema of the payload rejects them.",
        bad: Example::Over(
            r"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { pages: { type: integer, optional: true, minimum: 1, default: 0 } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
        good: Example::Over(
            r"
payloads:
  ReportData:
    { extends: BackgroundDispatchEventData, fields: { pages: { type: integer, optional: true, minimum: 1, default: 1 } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        for field in written_fields(contract) {
            for (what, value) in [("example", &field.example), ("default", &field.default)] {
                let Some(value) = value else { continue };
                if let Some(why) = misfit(field, &value.value, contract) {
                    let message = format!("the {what} of `{}` does not fit: {why}", field.name);
                    let help = format!("write a value of the type `{}` within its bounds", field.type_.text());
                    findings.report(&RULE.meta, &value.at, message.trim_end_matches('.'), help);
                }
            }
        }
    },
};
