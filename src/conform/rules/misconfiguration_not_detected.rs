//! `misconfiguration-not-detected`: a route sends events although Inngest is not configured.

use super::CodeRule;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::wording::variable;
use crate::contract::Origin;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "misconfiguration-not-detected",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A route sends events although Inngest is not configured.",
        why: "With an event key but no signing key, or the reverse, the event is accepted or refused, and the run never starts.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "isSet(process.env.INNGEST_EVENT_KEY) && isSet(process.env.INNGEST_SIGNING_KEY)",
                "isSet(process.env.INNGEST_EVENT_KEY)",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let configured = &facts.contract.dispatch.configured;
        for job in jobs(facts) {
            let by_variable = job.seen.unconfigured.iter().map(|probe| (&probe.call, Some(probe)));
            for (call, probe) in job.seen.misconfigured.iter().map(|call| (call, None)).chain(by_variable) {
                let sent = call.runs.iter().find_map(|run| run.sent.first());
                let Some(sent) = sent.filter(|_| call.runs.iter().all(|run| job.sends(run))) else {
                    continue;
                };
                let names = configured.variables();
                let lacking = call.env.iter().filter(|(name, _)| names.iter().any(|(known, _)| known == name));
                let lacking = lacking.filter_map(|(name, value)| match value {
                    None => Some(format!("`{name}` unset")),
                    Some(value) if value.trim().is_empty() => Some(format!("`{name}` blank")),
                    Some(_) => None,
                });
                let by = probe.map(|probe| format!("`{}`", variable(&probe.variable, Some(&probe.value))));
                let with = lacking.chain(by).collect::<Vec<_>>().join(" and ");
                let message = format!(
                    "with {with} the route still sends; {} Inngest is configured when {}",
                    if configured.origin == Origin::BuiltIn { "by default," } else { "the contract says that" },
                    configured.value
                );
                let help = "check the keys before sending, and answer as the contract says";
                findings
                    .report_at(&RULE.meta, facts.location(sent.at), message, help)
                    .offload(&job.offload.job)
                    .also(&configured.at, "when Inngest is configured");
                break;
            }
        }
    },
};
