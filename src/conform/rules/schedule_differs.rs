//! `schedule-differs`: a route has another schedule than the contract says.

use super::CodeRule;
use crate::derive::Schedule;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "schedule-differs",
        severity: Severity::Error,
        group: Group::CodeScope,
        summary: "A route has another schedule than the contract says.",
        why: "Windows, keys and load are computed from the contract's schedule: with another one, calls share a key or come at unexpected times.",
        bad: Example::Code { spec: "{}", edits: &[Edit::Replace("vercel.json", r#"*/5 * * * *"#, r#"*/10 * * * *"#)] },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, _) in facts.each() {
            let Some(schedule) = &offload.schedule else { continue };
            let calls = || facts.loaded.schedules.calls().iter().filter(|call| call.path == offload.route.value);
            let differing = calls()
                .filter(|call| Schedule::parse(&call.schedule).ok().is_none_or(|seen| !seen.same(&schedule.value)));
            for call in differing {
                let message = format!(
                    "{} is called at `{}`; the contract says `{}`",
                    call.path,
                    call.schedule,
                    schedule.as_str()
                );
                findings
                    .report_at(&RULE.meta, call.at.clone(), message, "write the same schedule in both")
                    .offload(&offload.job)
                    .also(&schedule.at, "the schedule in the contract");
            }
            // A parameter that the route allows becomes part of the key, which the contract keeps for replays by hand.
            let allowed = || offload.params.iter().flat_map(|params| &params.allow);
            for call in calls() {
                let Some(name) = call.query.iter().find(|name| allowed().any(|allowed| allowed.value == **name)) else {
                    continue;
                };
                let message = format!(
                    "{} is called with the parameter `{name}`, so every scheduled run gets the key of a replay with it",
                    call.path
                );
                findings
                    .report_at(&RULE.meta, call.at.clone(), message, "remove the parameter from the scheduled path")
                    .offload(&offload.job)
                    .also(&schedule.at, "the schedule in the contract");
            }
        }
    },
};
