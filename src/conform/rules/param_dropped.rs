//! `param-dropped`: a query parameter that the work uses is not sent, or is sent and not read.

use super::CodeRule;
use crate::conform::evidence::functions::{Pair, pairs};
use crate::conform::evidence::parameters::{allowed, asks, read_in};
use crate::conform::evidence::sends::{Sending, jobs};
use crate::conform::evidence::statuses::are_whole;
use crate::conform::facts::Facts;
use crate::conform::observe::Run;
use crate::contract::Binding;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "param-dropped",
        severity: Severity::Error,
        group: Group::CodeKeys,
        summary: "The dispatch does not send a query parameter that the work uses, or the function does not read a parameter that was sent.",
        why: "A replay with the parameter does not do what was asked: it does everything instead of, for example, one client.",
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
        for pair in pairs(facts) {
            let Some(params) = &pair.offload.params else { continue };
            let id = &pair.claimed.id.value;
            let mut tell = |message: String, help: String| {
                findings
                    .report_at(&RULE.meta, facts.location(pair.written_at(facts)), message, help)
                    .offload(&pair.offload.job)
                    .also(&params.at, "the parameters in the contract");
            };
            if let Some(field) = unread(facts, &pair) {
                tell(
                    format!("`{id}` never reads `event.data.{field}`: a run that was asked for a part does everything"),
                    format!("pass `event.data.{field}` to the work, as the inline path passes the query"),
                );
                continue;
            }
            for name in pair.seen.made_up.iter().flat_map(|made_up| &made_up.dropped) {
                tell(
                    format!(
                        "`{id}` does the same whatever `{name}` is; in the inline path, `{name}` changes what the work does"
                    ),
                    format!("pass `{name}` to the work as it was sent in the event's data"),
                );
            }
        }
        for job in jobs(facts).filter(|job| asks(job)) {
            // Allowed by the contract, given, and not sent.
            let mut told: Vec<&str> = Vec::new();
            for sending in job.sendings(&job.seen.with_query) {
                for name in job.params(&sending).map(|params| params.missing).unwrap_or_default() {
                    let lacks =
                        |one: &Sending<'_>| job.params(one).is_some_and(|params| params.missing.contains(&name));
                    if told.contains(&name) || !job.always(&sending, lacks) {
                        continue;
                    }
                    told.push(name);
                    let message = format!(
                        "the query parameter `{name}` is not sent in the event, although the contract allows it"
                    );
                    let finding = findings
                        .report_at(
                            &RULE.meta,
                            facts.location(sending.sent.event_at),
                            message,
                            format!("send `{name}` under `params`"),
                        )
                        .offload(&job.offload.job);
                    match &job.offload.params {
                        Some(params) => finding.also(&params.at, "the parameters in the contract"),
                        None => finding,
                    };
                }
            }
            // Read where the work is done inline, and nowhere on the way of the event.
            let dispatch = read_in(&job, true);
            if !job.dispatches() || dispatch.iter().any(|(name, _)| *name == "*") {
                continue;
            }
            let inline = read_in(&job, false);
            let several: Vec<&str> = inline.iter().map(|(name, _)| *name).filter(|name| *name != "*").collect();
            for (name, at) in inline {
                let is_read = dispatch.iter().any(|(known, _)| *known == name);
                if is_read
                    || told.contains(&name)
                    || allowed(&job, name)
                    || (name == "*" && job.offload.params.is_some())
                {
                    continue;
                }
                // What the work is given may be of another one of several.
                let is_idle = || facts.changes_inline(job.offload, &[name]) == [(name, Some(false))];
                if several.len() > 1 && several.contains(&name) && is_idle() {
                    continue;
                }
                told.push(name);
                let message = match name {
                    "*" => "the inline path reads all query parameters, but the event carries none of them".to_owned(),
                    name => {
                        format!("the inline path reads the query parameter `{name}`, but the event does not carry it")
                    }
                };
                let help = "allow the parameter under `params` and send it, or do not read it";
                findings
                    .report_at(&RULE.meta, facts.location(at), message, help)
                    .offload(&job.offload.job)
                    .also(&job.offload.at, "the offload in the contract");
            }
        }
    },
};

/// The field of an event with the parameters, when the function that the event triggers surely never reads it and
/// the inline path reads parameters of the query.
fn unread<'f>(facts: &'f Facts<'_>, pair: &Pair<'f>) -> Option<&'f str> {
    let payload = facts.contract.payloads.get(&pair.event.payload.value)?;
    let field = payload.fields.iter().find(|f| f.from.as_ref().is_some_and(|from| from.value == Binding::Params))?;
    let runs = &pair.seen.runs;
    let is_read = |run: &Run| run.fields.iter().any(|(name, _)| **name == *field.name || &**name == "*");
    if pair.is_existing() || pair.seen.unfollowed.is_some() || !are_whole(runs) || runs.iter().any(is_read) {
        return None;
    }
    let seen = facts.seen_of(pair.offload)?;
    let takes = |name: &str| name == "*" || pair.offload.params.iter().any(|p| p.allow.iter().any(|a| a.value == name));
    let inline = seen.inline.iter().flat_map(|run| &run.query).any(|asked| takes(&asked.name));
    inline.then_some(field.name.as_str())
}
