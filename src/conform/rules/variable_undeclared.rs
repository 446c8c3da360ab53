//! `variable-undeclared`: a variable that is not in the contract decides whether the route dispatches.

use super::CodeRule;
use crate::conform::evidence::flag_states::states;
use crate::conform::evidence::wording::{environment, variable};
use crate::conform::observe::{About, EnvProbe};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "variable-undeclared",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "A variable that is not in the contract decides whether the route dispatches.",
        why: "A switch that is not documented is turned by accident, and nobody who rolls back knows about it.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST) && process.env.PAUSE_INNGEST !== "1""#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some(states) = states(facts, offload, seen) else { continue };
            // If a queue is written to in the wrong state of the flag, no variable is the cause.
            let is_turned =
                offload.dispatch().is_none() && states.differing(&|about| *about == About::Row).next().is_some();
            if states.constant().is_some() || is_turned {
                continue;
            }
            let stopped = |probe: &&EnvProbe| states.is_on(&probe.call.runs) == Some(false);
            let started = |probe: &&EnvProbe| states.is_on(&probe.call.runs) == Some(true);
            let mut told: Vec<&str> = Vec::new();
            // What the route also does without the variable is not caused by it.
            let is_stopped = seen.dispatch.first().is_some_and(|call| states.is_on(&call.runs) == Some(false));
            let mut off = states.seen.iter().filter(|(probe, _)| probe.about == About::Row && !probe.expected);
            let is_started = off.next().is_some_and(|(_, on)| *on == Some(true));
            let stopped = seen.env.iter().filter(stopped).filter(|_| !is_stopped);
            let found = stopped.chain(seen.switched.iter().filter(started).filter(|_| !is_started));
            let found = found.map(|probe| (probe, variable(&probe.variable, Some(&probe.value))));
            // Where the flag is unset, another variable may stand for it.
            let unset = states.seen.iter().find(|(probe, _)| probe.about == About::Unset);
            let by_default = unset.filter(|(probe, on)| *on == Some(probe.expected)).map(|(probe, _)| probe.expected);
            let turned = |probe: &&EnvProbe| by_default.is_some_and(|on| states.is_on(&probe.call.runs) == Some(!on));
            let turned = seen.unset.iter().filter(turned).map(|probe| (probe, environment(&probe.call.env)));
            for (probe, with) in found.chain(turned) {
                if told.contains(&probe.variable.as_str()) {
                    continue;
                }
                told.push(&probe.variable);
                let read = probe.call.runs.iter().flat_map(|run| &run.env).find(|(name, _)| **name == *probe.variable);
                let Some((_, at)) = read else { continue };
                let goes = if states.is_on(&probe.call.runs) == Some(true) {
                    "dispatches although the flag is off"
                } else {
                    "does not dispatch although the flag is on"
                };
                let message = format!("with {with} the route {goes}");
                let help =
                    format!("add {} to the flag's condition in the contract, or do not let it decide", probe.variable);
                let finding = findings.report_at(&RULE.meta, facts.location(*at), message, help).offload(&offload.job);
                if let Some(flag) = &offload.flag {
                    finding.also(&flag.at, flag.label("the flag of the offload"));
                }
            }
        }
    },
};
