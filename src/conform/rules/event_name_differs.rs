//! `event-name-differs`: a route sends another event instead of the one in the contract.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::unsent::unsent;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-name-differs",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "A route sends another event instead of the one in the contract.",
        why: "No function listens to that name: Inngest accepts the event, and nothing runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const event = { name, id",
                "const event = { name: `${name}.v2`, id",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let mut told: Vec<&str> = Vec::new();
            for one in unsent(facts, &job) {
                let (name, Some(instead)) = (one.event.name.as_str(), one.instead) else { continue };
                if told.contains(&name) {
                    continue;
                }
                told.push(name);
                let message = format!("the event is sent as {}; the contract says `{name}`", instead.name.show());
                findings
                    .report_at(&RULE.meta, facts.location(instead.event_at), message, format!("send `{name}`"))
                    .offload(&job.offload.job)
                    .also(&one.event.name.at, one.event.name.label("the event's name in the contract"));
            }
        }
    },
};
