//! `event-id-missing`: an event is sent without the id that the contract derives.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::observe::Data;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-id-missing",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An event is sent without the id that the contract derives.",
        why: "Inngest drops an event whose id a function has seen within 24 hours; without an id, a repeated call starts a second run.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "inngest.send({ ...event, data })",
                "inngest.send({ name, data })",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let mut told: Vec<&str> = Vec::new();
            for sending in job.dispatched() {
                let (name, sent) = (sending.event.name.as_str(), sending.sent);
                let is_missing = matches!(sent.id, Data::Undefined | Data::Null) || sent.id.as_text() == Some("");
                if !is_missing || told.contains(&name) {
                    continue;
                }
                told.push(name);
                let expected = job.id(&sending, &sending.derived.dispatch_key).unwrap_or_default();
                let message = format!(
                    "`{name}` is sent without an id at {}; the contract says `{expected}`",
                    sending.call.at.iso()
                );
                findings
                    .report_at(
                        &RULE.meta,
                        facts.location(sent.event_at),
                        message,
                        "send the event with the id from the contract",
                    )
                    .offload(&job.offload.job)
                    .also(&sending.event.event_id.at, sending.event.event_id.label("the event id in the contract"));
            }
        }
    },
};
