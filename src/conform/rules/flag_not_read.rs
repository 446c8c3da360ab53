//! `flag-not-read`: the route does the same whether the flag is on or off.

use super::CodeRule;
use crate::conform::evidence::flag_states::states;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "flag-not-read",
        severity: Severity::Error,
        group: Group::CodeFlags,
        summary: "The route does the same whether the flag is on or off.",
        why: "The switch that operators rely on does nothing: the offload can neither be turned on nor rolled back.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"isOn(process.env.CRON_NIGHTLY_REPORT_USE_INNGEST)"#,
                r#"isOn("on")"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some(states) = states(facts, offload, seen) else { continue };
            let (Some(on), Some(location)) = (states.constant(), facts.route_location(seen)) else { continue };
            let name = &states.flag.name;
            let always = match (on, offload.dispatch()) {
                (true, _) | (false, Some(_)) => {
                    format!("it {} whether the flag is on or off", states.always(on, offload.dispatch().is_none()))
                }
                (false, None) => "it does the same whether the flag is on or off".to_owned(),
            };
            let by = seen.switched.iter().find(|probe| !on && states.is_on(&probe.call.runs) == Some(true));
            let by = by.map(|probe| format!("; {} decides instead", probe.variable)).unwrap_or_default();
            let message = format!("the route ignores the flag {name}: {always}{by}");
            findings
                .report_at(&RULE.meta, location, message, format!("let {name} decide whether the work is offloaded"))
                .offload(&offload.job)
                .also(&states.flag.enabled_when.at, states.label());
        }
    },
};
