//! `params-not-in-payload`: parameters that never reach the run.

use crate::contract::{Binding, Contract};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::bound;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "params-not-in-payload",
        severity: Severity::Error,
        group: Group::Payloads,
        summary: "An offload allows parameters that no field of its event carries.",
        why: "The run knows only what the event carries: a call for one client would run for all clients.",
        bad: Example::Over(
            r#"
payloads:
  ReportData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
offloads:
  nightly-report:
    { payload: ReportData, params: { allow: [clientId] }, dispatchKey: "cron:{job}:{window}[:{paramsHash}]" }
"#,
        ),
        good: Example::Over(
            r#"
payloads:
  ReportData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
      correlationId: { type: uuid, from: uuid }
      params: { type: map<string>, optional: true, from: params }
offloads:
  nightly-report:
    { payload: ReportData, params: { allow: [clientId] }, dispatchKey: "cron:{job}:{window}[:{paramsHash}]" }
"#,
        ),
    },
    check: |contract, findings| {
        for offload in contract.generated() {
            let Some(params) = &offload.params else { continue };
            let mut payloads = offload.events().filter_map(|event| contract.payloads.get(&event.payload.value));
            if let Some(payload) = payloads.find(|payload| bound(payload, Binding::Params).next().is_none()) {
                let message = format!(
                    "`{}` allows parameters, but no field of its payload `{}` carries them",
                    offload.job, payload.name
                );
                let help = "add a field `{ type: map<string>, optional: true, from: params }` to the payload";
                findings.report_key(&RULE.meta, &params.at, message, help).also(&payload.at, "the payload");
            }
        }
    },
};
