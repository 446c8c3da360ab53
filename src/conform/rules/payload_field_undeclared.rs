//! `payload-field-undeclared`: an event is sent with a field that its payload does not have.

use super::CodeRule;
use crate::conform::evidence::payloads::{self, What};
use crate::conform::evidence::sends::{Sending, jobs};
use crate::contract::Binding;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "payload-field-undeclared",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An event is sent with a field that its payload does not have.",
        why: "A schema of the payload rejects the event, and readers of the field depend on something that no contract keeps.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "inngest.send({ ...event, data })",
                r#"inngest.send({ ...event, data: { ...data, triggeredBy: "vercel" } })"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let mut told: Vec<(&str, String)> = Vec::new();
            for sending in job.dispatched() {
                let (event, sent) = (sending.event, sending.sent);
                let payload = event.payload.as_str();
                let fields = payloads::fields(job.contract, job.offload, payload);
                for fault in payloads::faults(job.contract, &fields, &sent.data) {
                    let What::Undeclared = fault.what else { continue };
                    let key = (event.name.as_str(), fault.path);
                    // It is not known which parameters a package picks.
                    let holds_it = |other: &Sending<'_>| other.sent.data.field(&key.1).is_some();
                    let is_picked = job.bound(event, Binding::Params).is_some_and(|field| field.name == key.1);
                    if told.contains(&key) || is_picked && !job.always(&sending, holds_it) {
                        continue;
                    }
                    // The payload has the field for offloads that let parameters through.
                    let of_others = job.contract.payloads.get(payload).into_iter().flat_map(|payload| &payload.fields);
                    let is_of_others = of_others.into_iter().any(|field| field.name == key.1);
                    let message = if is_of_others {
                        format!("`{}` is sent with `{}`, but the offload lets no parameters through", key.0, key.1)
                    } else {
                        format!("`{}` is sent with `{}`, which `{payload}` does not have", key.0, key.1)
                    };
                    let help = match did_you_mean(&key.1, fields.iter().map(|field| field.name.as_str())) {
                        _ if is_of_others => "declare `params` in the offload, or do not send the field".to_owned(),
                        Some(name) => format!("did you mean `{name}`? Otherwise declare the field"),
                        None => format!("declare the field in `{payload}`, or do not send it"),
                    };
                    findings
                        .report_at(&RULE.meta, facts.location(fault.at.unwrap_or(sent.event_at)), message, help)
                        .offload(&job.offload.job)
                        .also(&event.payload.at, event.payload.label("the payload in the contract"));
                    told.push(key);
                }
            }
        }
    },
};
