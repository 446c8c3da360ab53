//! `params-field-required`: a field that most calls cannot fill.

use crate::contract::{Binding, Contract};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "params-field-required",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "A field that is filled with the request's parameters is not optional.",
        why: "A scheduled call has no parameters, so its event lacks the field, and a function that relies on it \
              fails.",
        bad: Example::Over(
            r"
payloads:
  ReportData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
      params: { type: map<string>, from: params }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
        good: Example::Over(
            r"
payloads:
  ReportData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
      params: { type: map<string>, optional: true, from: params }
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        let payloads = contract.payloads.values();
        for field in payloads.flat_map(|payload| &payload.fields).filter(|field| field.inherited.is_none()) {
            let params = field.from.as_ref().is_some_and(|from| from.value == Binding::Params);
            if params && !field.optional {
                let message = format!("`{}` is filled with the parameters, but is not optional", field.name);
                let help = "add `optional: true`: a call without parameters does not fill it";
                findings.report_key(&RULE.meta, &field.at, message, help);
            }
        }
    },
};
