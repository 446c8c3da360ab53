//! `event-not-sent`: a route does not send an event of the contract although it should dispatch.

use super::CodeRule;
use crate::conform::evidence::sends::{Job, jobs};
use crate::conform::evidence::unsent::unsent;
use crate::conform::evidence::wording::{environment, when_on};
use crate::conform::observe::Env;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "event-not-sent",
        severity: Severity::Error,
        group: Group::CodeEvents,
        summary: "A route does not send an event of the contract although it should dispatch.",
        why: "The scheduler gets a success, and the work never runs.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const { ids } = await inngest.send({ ...event, data });",
                "const ids: string[] = [];",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts) {
            let unsent = unsent(facts, &job);
            for event in &job.events.events {
                let of_event =
                    |one: &&crate::conform::evidence::unsent::Unsent<'_>| one.event.name.value == event.name.value;
                let Some(first) = unsent.iter().find(|one| of_event(one) && one.instead.is_none()) else { continue };
                let name = &event.name.value;
                let ever = job.dispatched().any(|sending| sending.event.name.value == *name);
                let is_usual = !job.seen.configured.iter().any(|call| std::ptr::eq(call, first.call));
                let when = match (is_usual, ever) {
                    (false, _) => {
                        format!("with {}, although Inngest is then configured", configuration(&job, &first.call.env))
                    }
                    (true, true) => format!("{}, {}", first.call.when(), when_on(job.offload)),
                    (true, false) => when_on(job.offload).to_owned(),
                };
                let message = match first.mode {
                    Some(mode) if !ever || !is_usual => {
                        format!("`{name}` is not sent {when}; the route answers with mode `{mode}`")
                    }
                    _ => format!("`{name}` is not sent {when}"),
                };
                let place = first.site.map(|site| facts.location(site)).or_else(|| facts.route_location(job.seen));
                let Some(place) = place else { continue };
                findings
                    .report_at(&RULE.meta, place, message, "send the event, or remove it from the contract")
                    .offload(&job.offload.job)
                    .also(&event.name.at, "the event in the contract");
            }
        }
    },
};

/// The part of an environment that configures Inngest, for people.
fn configuration(job: &Job<'_>, env: &Env) -> String {
    let names = job.contract.dispatch.configured.variables();
    environment(&env.iter().filter(|(name, _)| names.iter().any(|(known, _)| known == name)).cloned().collect())
}
