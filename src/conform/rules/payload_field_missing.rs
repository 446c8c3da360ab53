//! `payload-field-missing`: an event is sent without a field that its payload requires.

use super::CodeRule;
use crate::conform::evidence::payloads::{self, What};
use crate::conform::evidence::sends::jobs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "payload-field-missing",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An event is sent without a field that its payload requires.",
        why: "The function reads a field that is absent: it fails, or silently works with `undefined`.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "inngest.send({ ...event, data })",
                "inngest.send({ ...event, data: { ...data, correlationId: undefined } })",
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
                    let What::Missing(at) = fault.what else { continue };
                    let key = (event.name.as_str(), fault.path);
                    if told.contains(&key) {
                        continue;
                    }
                    let message = format!("`{}` is sent without `{}`, which `{payload}` requires", key.0, key.1);
                    let place = facts.location(fault.at.unwrap_or(sent.event_at));
                    findings
                        .report_at(
                            &RULE.meta,
                            place,
                            message,
                            format!("send `{}`, or make it optional in the contract", key.1),
                        )
                        .offload(&job.offload.job)
                        .also(at, "the field in the contract");
                    told.push(key);
                }
            }
        }
    },
};
