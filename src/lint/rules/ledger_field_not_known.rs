//! `ledger-field-not-known`: a record with a field that nothing can fill.

use std::collections::HashMap;

use crate::contract::{Binding, Contract, Field, RUN_FIELDS};
use crate::diagnostic::{Fix, Severity};
use crate::findings::Rule;
use crate::lint::bindings::generated_payloads;
use crate::rule::{Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "ledger-field-not-known",
        severity: Severity::Error,
        group: Group::Responses,
        summary: "The ledger names a field that neither the run nor every event has.",
        why: "One writer serves all jobs and reads only their event and their run: the generated code would not \
              compile.",
        bad: Example::Over("ledger: { fields: [dispatchKey, correlationId, requestedAt, runId, attempt, tenant] }"),
        good: Example::Over("ledger: { fields: [dispatchKey, correlationId, requestedAt, runId, attempt, source] }"),
    },
    check: |contract, findings| {
        let Some(ledger) = &contract.ledger else { return };
        let payloads = generated_payloads(contract);
        let mut known: Vec<(HashMap<&str, &Field>, _)> = Vec::with_capacity(payloads.len());
        for (payload, offload) in &payloads {
            known.push((payload.fields.iter().map(|field| (field.name.as_str(), field)).collect(), (payload, offload)));
        }
        let without_params =
            contract.generated().find(|offload| offload.params.is_none() && offload.dispatch().is_some());
        for field in ledger.fields.iter().filter(|field| !RUN_FIELDS.contains(&field.as_str())) {
            let name = field.as_str();
            let lacking = known.iter().find(|(fields, _)| !fields.contains_key(name));
            let params = |field: &&&Field| field.from.as_ref().is_some_and(|from| from.value == Binding::Params);
            if let Some((fields, (payload, offload))) = lacking {
                let message = format!(
                    "`{name}` is neither a field of the run nor of the payload `{}` of `{}`",
                    payload.name, offload.job
                );
                let candidates = fields.keys().copied().chain(RUN_FIELDS);
                let close = did_you_mean(name, candidates);
                let help = match close {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => "add it to the payload, or remove it here".to_owned(),
                };
                let finding = findings.report(&RULE.meta, &field.at, message, help);
                finding.also(&payload.at, "the payload").fixed_by(close.map(Fix::text));
            } else if let Some(offload) =
                without_params.filter(|_| known.iter().any(|(fields, _)| fields.get(name).as_ref().is_some_and(params)))
            {
                let message = format!("the events of `{}` have no `{name}`: it allows no parameters", offload.job);
                findings.report(&RULE.meta, &field.at, message, "remove it here").also(&offload.at, "the offload");
            }
        }
    },
};
