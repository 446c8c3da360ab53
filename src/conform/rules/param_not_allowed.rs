//! `param-not-allowed`: the dispatch reads or sends a query parameter that the contract does not allow.

use super::CodeRule;
use crate::conform::evidence::parameters::{allowed, asks, read_in};
use crate::conform::evidence::sends::jobs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "param-not-allowed",
        severity: Severity::Warning,
        group: Group::CodeKeys,
        summary: "The dispatch reads or sends a query parameter that the contract does not allow.",
        why: "Anyone who calls the route can change what is dispatched by a parameter that is not in the contract or the key.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "    return dispatch();",
                r#"    console.log(request.nextUrl.searchParams.get("trace"));
    return dispatch();"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts).filter(|job| asks(job)) {
            let mut told: Vec<&str> = Vec::new();
            let mut tell = |name: &str, site, does: &str| {
                let message =
                    format!("the dispatch {does} the query parameter `{name}`, which the contract does not allow");
                let help = format!("allow `{name}` under `params`, or do not use it");
                let finding =
                    findings.report_at(&RULE.meta, facts.location(site), message, help).offload(&job.offload.job);
                match &job.offload.params {
                    Some(params) => finding.also(&params.at, "the parameters in the contract"),
                    None => finding.also(&job.offload.at, "the offload in the contract"),
                };
            };
            for (name, at) in read_in(&job, true) {
                if name == "*" || allowed(&job, name) || told.contains(&name) {
                    continue;
                }
                tell(name, at, "reads");
                told.push(name);
            }
            for sending in job.sendings(&job.seen.with_query) {
                for field in job.params(&sending).map(|params| params.extra).unwrap_or_default() {
                    let is_given = sending.call.query.iter().any(|(given, _)| **given == *field.name);
                    if is_given && !allowed(&job, &field.name) && !told.contains(&&*field.name) {
                        told.push(&field.name);
                        tell(&field.name, field.at, "sends");
                    }
                }
            }
        }
    },
};
