//! `consumer-field-undeclared`: a function reads a field of its event that the payload does not have.

use super::CodeRule;
use crate::conform::evidence::consumers::{consumers, reads};
use crate::conform::evidence::payloads;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};
use crate::suggest::did_you_mean;

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "consumer-field-undeclared",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "A function reads a field of its event that the payload does not have.",
        why: "The field is never sent, so the function works with `undefined`.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "const report = await step.run(",
                "console.log(event.data.workspaceId);
    const report = await step.run(",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let consumers = consumers(facts);
        let is_unknown = |consumer: &crate::conform::evidence::consumers::Consumer<'_>, name: &str| {
            !consumer.open && consumer.fields(facts.contract, name).iter().all(Option::is_none)
        };
        for (consumer, name, at) in reads(&consumers, |run| &run.fields, is_unknown) {
            let Some((offload, event)) = consumer.events.first() else { continue };
            let payload = event.payload.as_str();
            let message = format!("{} reads `event.data.{name}`, which `{payload}` does not have", consumer.name());
            let fields = payloads::fields(facts.contract, offload, payload);
            let help = match did_you_mean(name, fields.iter().map(|field| field.name.as_str())) {
                Some(other) => format!("did you mean `{other}`? Otherwise declare the field"),
                None if offload.params.is_none()
                    && facts
                        .contract
                        .payloads
                        .get(payload)
                        .is_some_and(|payload| payload.fields.iter().any(|field| field.name == **name)) =>
                {
                    format!(
                        "`{}` has no `params`: declare which parameters it accepts, or do not read them",
                        offload.job
                    )
                }
                None => format!("declare the field in `{payload}`, or do not read it"),
            };
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&event.payload.at, event.payload.label("the payload in the contract"));
        }
    },
};
