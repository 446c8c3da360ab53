//! `payload-field-differs`: a field of an event holds another value than the contract says.

use super::CodeRule;
use crate::conform::evidence::payloads::{self, What};
use crate::conform::evidence::sends::{Job, Sending, jobs};
use crate::conform::evidence::values::{Wrong, wrong_values};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "payload-field-differs",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "A field of an event holds another value than the contract says.",
        why: "A schema rejects the event, a function works with a value of another kind, or a run is not found by its fields.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "inngest.send({ ...event, data })",
                "inngest.send({ ...event, data: { ...data, requestedAt: now.getTime() } })",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let mut told: Vec<(&str, String)> = Vec::new();
            for sending in job.sendings(job.seen.dispatch.iter().chain(&job.seen.with_query).chain(job.varied())) {
                let name = sending.event.name.as_str();
                for fault in wrong(&job, &sending) {
                    // On a path that the code may not take, only what holds on every path is reported.
                    let is_it = |other: &Sending<'_>| wrong(&job, other).iter().any(|own| own.path == fault.path);
                    if sending.run.unsure.is_some() && !job.always(&sending, is_it) {
                        continue;
                    }
                    let key = (name, fault.path);
                    if told.contains(&key) {
                        continue;
                    }
                    let (at, wanted) = (job.when(sending.call), fault.wanted);
                    let message =
                        format!("`{}` of `{name}` is {} {at}; the contract says {wanted}", key.1, fault.value);
                    let place = facts.location(fault.site.unwrap_or(sending.sent.event_at));
                    findings
                        .report_at(&RULE.meta, place, message, "send what the contract says, or change the contract")
                        .offload(&job.offload.job)
                        .also(fault.at, "the field in the contract");
                    told.push(key);
                }
            }
        }
    },
};

/// What is wrong with the fields of an event.
fn wrong<'f>(job: &Job<'f>, sending: &Sending<'f>) -> Vec<Wrong<'f>> {
    let fields = payloads::fields(job.contract, job.offload, &sending.event.payload.value);
    let mut wrong = wrong_values(job, sending);
    for fault in payloads::faults(job.contract, &fields, &sending.sent.data) {
        let What::Type { value, wanted, at } = fault.what else { continue };
        // A parameter that is not a text has a message of its own.
        wrong.retain(|other| other.path != fault.path);
        wrong.push(Wrong { path: fault.path, value: value.show(), wanted, site: fault.at, at });
    }
    wrong
}
