//! `ledger-lacks-field`: a record of a run that cannot be joined to anything.

use std::collections::HashSet;

use crate::contract::{Binding, Contract, RUN_FIELDS};
use crate::diagnostic::Severity;
use crate::findings::Rule;
use crate::lint::bindings::{absent, generated_payloads, listed};
use crate::rule::{Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule. What no payload has is [`super::event_without_correlation`]'s.
pub(super) static RULE: Rule<Contract> = Rule {
    meta: Meta {
        id: "ledger-lacks-field",
        severity: Severity::Warning,
        group: Group::Responses,
        summary: "The records of runs lack a field that links call, event, run and attempt.",
        why: "The dispatch key, the correlation id, the time of the call, the run and the attempt are needed to \
              reconstruct what happened in an incident.",
        bad: Example::Over("ledger: { fields: [dispatchKey, requestedAt, runId] }"),
        good: Example::Over("ledger: { fields: [dispatchKey, correlationId, requestedAt, runId, attempt] }"),
    },
    check: |contract, findings| {
        let Some(ledger) = &contract.ledger else { return };
        let payloads = generated_payloads(contract);
        if payloads.is_empty() {
            return;
        }
        let present: HashSet<&str> = ledger.fields.iter().map(|field| field.as_str()).collect();
        let mut missing = absent(&payloads, &[Binding::DispatchKey, Binding::Uuid, Binding::Now], &present);
        missing.extend(RUN_FIELDS.iter().filter(|field| !present.contains(**field)));
        // A misspelt name is a fault of its own.
        let known = |name: &str| {
            RUN_FIELDS.contains(&name)
                || payloads.iter().any(|(payload, _)| payload.fields.iter().any(|f| f.name == name))
        };
        for strange in ledger.fields.iter().filter(|field| !known(field.as_str())) {
            if let Some(meant) = did_you_mean(strange, missing.iter().copied()) {
                missing.retain(|name| *name != meant);
            }
        }
        if !missing.is_empty() {
            let message = format!("the status records lack {}", listed(missing));
            findings.report_key(&RULE.meta, &ledger.at.key("fields"), message, "add it to `ledger.fields`");
        }
    },
};
