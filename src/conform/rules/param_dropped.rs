//! `param-dropped`: the dispatch does not send a query parameter that the work takes.

use super::CodeRule;
use super::parameters::{allowed, asks, read_in};
use super::sends::jobs;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "param-dropped",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "The dispatch does not send a query parameter that the work takes.",
        why: "A replay with the parameter does something else than the person asked for: all of it instead of one client.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "const report = await createNightlyReport();",
                r#"const limit = new URL(request.url).searchParams.get("limit");
  const report = await createNightlyReport(limit);"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for job in jobs(facts).filter(|job| asks(job)) {
            // Allowed by contract, given, and not sent.
            let mut told: Vec<&str> = Vec::new();
            for sending in job.sendings(&job.seen.with_query) {
                for name in job.params(&sending).map(|params| params.missing).unwrap_or_default() {
                    if told.contains(&name) {
                        continue;
                    }
                    told.push(name);
                    let message =
                        format!("`{name}` of the query is not in the event, and the contract lets it through");
                    let finding = findings
                        .report_at(
                            &RULE.meta,
                            facts.location(sending.sent.event_at),
                            message,
                            format!("send `{name}` under `params`"),
                        )
                        .offload(&job.offload.job);
                    match &job.offload.params {
                        Some(params) => finding.also(&params.at, "the contract's parameters"),
                        None => finding,
                    };
                }
            }
            // Read where the work is done inline, and nowhere on the way of the event.
            let dispatch = read_in(&job, true);
            if !job.dispatches() || dispatch.iter().any(|(name, _)| *name == "*") {
                continue;
            }
            for (name, at) in read_in(&job, false) {
                let is_read = dispatch.iter().any(|(known, _)| *known == name);
                if is_read
                    || told.contains(&name)
                    || allowed(&job, name)
                    || (name == "*" && job.offload.params.is_some())
                {
                    continue;
                }
                told.push(name);
                let message = match name {
                    "*" => "the inline path reads all query parameters, and the event carries none of them".to_owned(),
                    name => format!("the inline path reads `{name}` of the query, and the event does not carry it"),
                };
                let help = "allow the parameter under `params` and send it, or do not read it";
                findings
                    .report_at(&RULE.meta, facts.location(at), message, help)
                    .offload(&job.offload.job)
                    .also(&job.offload.at, "the contract's offload");
            }
        }
    },
};
