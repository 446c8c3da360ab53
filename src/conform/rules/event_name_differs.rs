//! `event-name-differs`: a route sends another event instead of the one in the contract.

use super::CodeRule;
use crate::conform::evidence::sends::{Job, jobs};
use crate::conform::evidence::unsent::unsent;
use crate::conform::evidence::wording::variable;
use crate::conform::observe::{EnvProbe, Sent};
use crate::contract::Event;
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
            let mut probes = job.seen.env.iter();
            if told.is_empty()
                && let Some((probe, event, instead)) = probes.find_map(|probe| renamed(&job, probe))
            {
                let name = event.name.as_str();
                let with = variable(&probe.variable, Some(&probe.value));
                let message =
                    format!("with {with} the event is sent as {}; the contract says `{name}`", instead.name.show());
                let help = format!("send `{name}` in every environment: no function is triggered by another name");
                findings
                    .report_at(&RULE.meta, facts.location(instead.event_at), message, help)
                    .offload(&job.offload.job)
                    .also(&event.name.at, event.name.label("the event's name in the contract"));
            }
        }
    },
};

/// An event that is never sent with a variable that the contract does not name, and one that is sent in its place.
fn renamed<'f>(job: &Job<'f>, probe: &'f EnvProbe) -> Option<(&'f EnvProbe, &'f Event, &'f Sent)> {
    let runs = &probe.call.runs;
    let sent = || runs.iter().flat_map(|run| &run.sent);
    let is_known = runs.are_all() && runs.iter().all(|run| !run.is_cut() && job.sends(run));
    if !is_known || sent().any(|sent| sent.name.as_text().is_none()) {
        return None;
    }
    let is_of = |event: &Event, sent: &Sent| sent.name.as_text() == Some(event.name.as_str());
    let event = job.events.events.iter().find(|event| !sent().any(|sent| is_of(event, sent)))?;
    Some((probe, event, sent().find(|sent| !job.contract.events().any(|(_, event)| is_of(event, sent)))?))
}
