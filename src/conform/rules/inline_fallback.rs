//! `inline-fallback`: a route that should dispatch runs the work inline.

use super::CodeRule;
use crate::conform::evidence::answers::reads_flag;
use crate::conform::evidence::inline_work::Work;
use crate::conform::evidence::queue::Queue;
use crate::conform::evidence::sends::{Job, jobs};
use crate::conform::evidence::wording::flag_on;
use crate::conform::evidence::writing::Writing;
use crate::conform::facts::Facts;
use crate::conform::observe::{Call, Outside, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "inline-fallback",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A route that should dispatch runs the work inline.",
        why: "A route that runs the work itself when Inngest does not accept it hits the time limit that the offload is meant to avoid; and if the event was accepted after all, the work runs twice.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                "  } catch {
",
                "  } catch {
    await createNightlyReport();
",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        for (offload, seen) in facts.each() {
            let Some((queue, at)) =
                Queue::of(offload, seen).and_then(|queue| Some((queue.name, done_as_well(&queue)?)))
            else {
                continue;
            };
            let message = format!("{}the work is written to `{}` and also runs inline", flag_on(offload), queue.value);
            let help = "return once the work is written: the worker that drains the queue does it";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&queue.at, "the queue in the contract");
        }
        for job in jobs(facts) {
            // If the code does not treat the flag as on, that is the fault.
            if !job.dispatches() || !reads_flag(&job) {
                continue;
            }
            let work = Work::of(facts, &job);
            let failed = job.seen.failed.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
            let by_variable = seen_with_variables(facts, &job, work);
            let by_variable = by_variable.iter().map(|(when, at)| (when.as_str(), *at));
            let failed: Vec<_> = failed.filter_map(|run| Some(("when sending fails", work.begins(run)?))).collect();
            let by_variable: Vec<_> = by_variable.filter(|_| failed.is_empty()).collect();
            let misconfigured = job.seen.misconfigured.iter().flat_map(|call| &call.runs);
            let misconfigured = misconfigured.filter(|run| !job.sends(run));
            let misconfigured =
                misconfigured.filter_map(|run| Some(("when Inngest is not configured", work.begins(run)?)));
            let dispatched = job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
            let twice = dispatched.filter_map(|run| Some(("when the event is sent", work.is_done_twice(run)?)));
            // What happens although everything is right has neither of these causes.
            let begins = |call: &Call| call.runs.iter().filter(|run| !job.sends(run)).find_map(|run| work.begins(run));
            let instead = job.seen.dispatch.iter().filter(|call| call.by.is_none()).find_map(begins);
            let by_itself =
                instead.map(|at| ("in some cases, although Inngest is configured: something else decides", at));
            let by_method = |call: &Call| {
                Some((format!("when called by {}, although Inngest is configured", call.by?), begins(call)?))
            };
            let by_method: Vec<(String, Site)> = job.seen.dispatch.iter().filter_map(by_method).collect();
            let by_method =
                by_method.iter().map(|(when, at)| (when.as_str(), *at)).filter(|(_, at)| instead != Some(*at));
            let by_param = |call: &Call| {
                let (asked, at) = (call.asked()?, begins(call)?);
                Some((format!("with `{asked}`, although Inngest is configured"), at))
            };
            let by_param = job.asked().find_map(by_param).filter(|(_, at)| instead != Some(*at));
            let by_param = by_param.iter().map(|(when, at)| (when.as_str(), *at));
            let configured = job.seen.configured.iter().flat_map(|call| &call.runs).filter(|run| !job.sends(run));
            let configured =
                configured.filter_map(|run| Some(("when Inngest is configured in another way", work.begins(run)?)));
            let by_header = seen_with_headers(&job, work).filter(|_| instead.is_none());
            let by_header = by_header.iter().map(|(when, at)| (when.as_str(), *at));
            let mut own: Vec<Site> = Vec::new();
            let misconfigured: Vec<_> = misconfigured.inspect(|(_, at)| own.push(*at)).collect();
            let configured: Vec<_> = configured.filter(|(_, at)| !own.contains(at)).collect();
            let others = misconfigured.into_iter().chain(configured).chain(failed).chain(by_variable);
            let others = others.filter(|(_, at)| instead.is_none_or(|instead| instead != *at));
            let mut told = Vec::new();
            for (when, at) in twice.chain(by_itself).chain(by_method).chain(by_header).chain(by_param).chain(others) {
                if told.contains(&when) {
                    continue;
                }
                told.push(when);
                let message = format!("{}the work runs inline {when}", flag_on(job.offload));
                let help = "answer as the contract says without doing the work: the scheduler calls again";
                findings
                    .report_at(&RULE.meta, facts.location(at), message, help)
                    .offload(&job.offload.job)
                    .also(&facts.contract.dispatch.inline_fallback.at, "the inline fallback in the contract");
            }
        }
    },
};

/// Where a run that writes to the queue does the work of the flag's other state too, and nothing is left that only
/// that state does.
fn done_as_well(queue: &Queue<'_>) -> Option<Site> {
    if !queue.is_whole() || !queue.only(false).is_empty() {
        return None;
    }
    let mut writing = Writing::default();
    queue.rows(true).flatten().find_map(|run| {
        let written = queue.writes(run)?;
        let inline =
            |call: &Outside| queue.rows(false).flatten().flat_map(|run| &run.outside).any(|own| own.at == call.at);
        let later = run.outside.iter().filter(|call| call.order > written.order && inline(call));
        later.filter(|call| writing.has(call)).map(|call| call.at).next()
    })
}

/// When a header makes the route do the work inline, and where: with any headers some runs do, and send nothing.
fn seen_with_headers(job: &Job<'_>, work: &Work) -> Option<(String, Site)> {
    let is_inline = |run: &&Run| !job.sends(run) && run.unsure.is_none();
    job.seen.headed.iter().filter(is_inline).find_map(|run| {
        let (at, header) = (work.begins(run)?, run.headers.last()?);
        Some((format!("for some values of the header `{header}`, although Inngest is configured"), at))
    })
}

/// When a variable that the contract does not name makes the route do the work inline where sending fails, and where.
fn seen_with_variables(facts: &Facts<'_>, job: &Job<'_>, work: &Work) -> Option<(String, Site)> {
    let is_inline = |run: &&Run| job.sends(run) && run.unsure.is_none();
    let at = job.seen.unnamed.iter().filter(is_inline).find_map(|run| work.begins(run))?;
    // The work reads variables of its own: the last one that is read where it is not done is the one that decides.
    let usual = job.seen.failed.as_ref()?.runs.iter().flat_map(|run| &run.env);
    let (name, _) = usual.rev().find(|(name, _)| !facts.names_variable(name))?;
    Some((format!("when sending fails, for some values of `{name}`"), at))
}
