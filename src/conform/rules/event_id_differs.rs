//! `event-id-differs`: an event is sent with another id than the contract derives.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-id-differs",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "An event is sent with another id than the contract derives.",
        why: "Inngest drops an event whose id a function has seen within 24 hours: an id that changes too often lets duplicates through; one that changes too rarely drops runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "id: `${name}:${dispatchKey}`",
                "id: `nightly-report:${dispatchKey}`",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let mut told: Vec<&str> = Vec::new();
            for sending in job.sendings(job.seen.dispatch.iter().chain(job.asked()).chain(job.varied())) {
                let (name, call) = (sending.event.name.as_str(), sending.call);
                let Some(id) = sending.sent.id.as_text().filter(|id| !id.is_empty()) else { continue };
                let Some(expected) = job.id(&sending, &sending.derived.dispatch_key) else { continue };
                // A key that differs has a rule of its own, and the id follows it.
                let own = job.key(&sending).and_then(|key| job.id(&sending, key));
                if id == expected || own.is_some_and(|own| id == own) || told.contains(&name) {
                    continue;
                }
                // One instant is enough to show it.
                told.push(name);
                let message =
                    format!("`{name}` is sent with the id `{id}` {}; the contract says `{expected}`", job.when(call));
                let help = "derive the id as the contract says, or change `eventId` in the contract";
                let at = sending.sent.event_at;
                findings
                    .report_at(&RULE.meta, facts.location(at), message, help)
                    .offload(&job.offload.job)
                    .also(&sending.event.event_id.at, sending.event.event_id.label("the event id in the contract"));
            }
        }
    },
};
