//! `response-field-not-in-payload`: an answer that promises what an event does not have.

use crate::contract::{Binding, Contract, Offload, Payload};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::generated_payloads;
use crate::rule::{Example, Group, Meta};

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "response-field-not-in-payload",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "A response always contains a field that some events do not have.",
        why: "The response copies the field from the event: a caller that relies on it gets `undefined`.",
        bad: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only, body: { dispatch: [dispatchKey, correlationId, params], event: [name, id] } }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
        good: Example::Over(
            "dispatch: { responses: { dispatched: { status: 202, mode: dispatch-only, body: { dispatch: [dispatchKey, correlationId, \"params?\"], event: [name, id] } }, misconfigured: { status: 503, mode: dispatch-misconfigured }, failed: { status: 503, mode: dispatch-failed } } }",
        ),
    },
    check: |contract, findings| {
        let payloads = generated_payloads(contract);
        for (response, answer) in contract.dispatch.responses.each() {
            for field in answer.metadata.iter().filter(|field| !field.optional) {
                let name = &field.name;
                let lacking = payloads.iter().find_map(|(payload, offload)| lacks(payload, offload, name));
                if let Some(why) = lacking {
                    let message = format!("`{response}` always contains `{}`, but {why}", name.value);
                    let help = format!("write `\"{}?\"` to make it optional", name.value);
                    findings.report(&RULE.meta, &name.at, message, help);
                }
            }
        }
    },
};

/// Why a payload does not always have a field.
fn lacks(payload: &Payload, offload: &Offload, name: &str) -> Option<String> {
    match payload.fields.iter().find(|field| field.name == name) {
        None => Some(format!("the payload `{}` of `{}` has no such field", payload.name, offload.job)),
        Some(field) if field.optional || field.from.as_ref().is_some_and(|from| from.value == Binding::Params) => {
            Some(format!("it is optional in the payload `{}` of `{}`", payload.name, offload.job))
        }
        Some(_) => None,
    }
}
