//! `unfilled-field`: a field that must be there and that nothing fills.

use std::collections::HashSet;

use crate::contract::Contract;
use crate::diagnostic::Severity;
use crate::lint::bindings::generated_payloads;
use crate::rule::{Example, Group, Meta, Rule};

/// The rule. An inherited field is one fault, where it is written.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "unfilled-field",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "A generated event has a required field that the dispatcher cannot fill.",
        why: "The dispatcher knows the call and nothing else: the event would be sent without the field, and its \
              function would fail on it.",
        bad: Example::Over(
            r"
payloads: { ReportData: { extends: BackgroundDispatchEventData, fields: { tenant: { type: string } } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
        good: Example::Over(
            r"
payloads: { ReportData: { extends: BackgroundDispatchEventData, fields: { tenant: { type: string, optional: true } } } }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        let mut seen = HashSet::new();
        for (payload, offload) in generated_payloads(contract) {
            for field in &payload.fields {
                let filled = field.optional || field.from.is_some() || field.default.is_some();
                if !filled && seen.insert(&field.at) {
                    let message = format!("nothing fills `{}` in the events of `{}`", field.name, offload.job);
                    let help = "say with `from` what it is filled with, give it a `default`, or make it `optional`";
                    findings.report_key(&RULE.meta, &field.at, message, help).offload(&offload.job);
                }
            }
        }
    },
};
