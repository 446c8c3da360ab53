//! `event-without-correlation`: an event from which a run cannot be traced back.

use crate::contract::{Binding, Contract};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::{bound, generated_payloads};
use crate::rule::{Example, Group, Meta};

/// What a run is found by, as it is written after `from`, with a usual name.
const NEEDED: [(Binding, &str, &str); 3] = [
    (Binding::DispatchKey, "dispatchKey", "the dispatch key"),
    (Binding::Uuid, "uuid", "a correlation id"),
    (Binding::Now, "now", "the time of the call"),
];

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "event-without-correlation",
        severity: Severity::Warning,
        group: Group::Responses,
        summary: "The payload of a generated event lacks the dispatch key, a correlation id or the time of the call.",
        why: "A run knows only what the event carries: without these fields, its logs and status records cannot be \
              linked to the call.",
        bad: Example::Over(
            r"
payloads:
  ReportData:
    fields:
      dispatchKey: { type: string, from: dispatchKey }
      requestedAt: { type: timestamp, from: now }
offloads: { nightly-report: { payload: ReportData } }
ledger: { fields: [dispatchKey, requestedAt, runId, attempt] }
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
offloads: { nightly-report: { payload: ReportData } }
",
        ),
    },
    check: |contract, findings| {
        for (payload, offload) in generated_payloads(contract) {
            let missing = NEEDED.iter().filter(|(binding, ..)| bound(payload, *binding).next().is_none());
            let (from, what): (Vec<&str>, Vec<&str>) = missing.map(|(_, from, what)| (*from, *what)).unzip();
            if what.is_empty() {
                continue;
            }
            let message = format!("the payload `{}` of `{}` lacks {}", payload.name, offload.job, what.join(" and "));
            let from: Vec<String> = from.iter().map(|from| format!("`from: {from}`")).collect();
            let help = format!("add a field with {}", from.join(" and one with "));
            findings.report_key(&RULE.meta, &payload.at, message, help).offload(&offload.job);
        }
    },
};
