//! `success-without-enqueue`: a dispatch answers with success although nothing was sent.

use super::CodeRule;
use crate::conform::evidence::answers;
use crate::conform::evidence::inline_work::Work;
use crate::conform::evidence::queue::Queue;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::wording::variable;
use crate::conform::evidence::writing::Writing;
use crate::conform::observe::{Answer, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "success-without-enqueue",
        severity: Severity::Error,
        group: Group::CodeResponses,
        summary: "A dispatch answers with success although nothing was sent.",
        why: "The scheduler considers the run done: there is no retry, no alarm and no run.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "app/api/cron/nightly-report/route.ts",
                r#"{ mode: "dispatch-failed", dispatch: data, event }, { status: 503 }"#,
                r#"{ mode: "dispatch-failed", dispatch: data, event }, { status: 200 }"#,
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told = answers::Told::default();
        answers::each(facts, |answered| {
            let Some(status) = answered.status.filter(|_| answered.is_feigned()) else { return };
            let wanted = &answered.response.status;
            let message = format!(
                "the route answers {status} {}, although nothing was sent; the contract says {}{}",
                answered.when(),
                wanted.value,
                wanted.by_default()
            );
            if !told.is_new(answered, &message, answered.at) {
                return;
            }
            findings
                .report_at(&RULE.meta, facts.location(answered.at), message, format!("answer with {}", wanted.value))
                .offload(&answered.job.offload.job)
                .also(&wanted.at, "the status in the contract");
        });
        for job in jobs(facts) {
            let work = Work::of(facts, &job);
            let dispatched = &job.contract.dispatch.responses.dispatched;
            let feigns = |run: &Run| {
                let is_it =
                    run.mode() == Some(dispatched.mode.as_str()) && !job.sends(run) && work.begins(run).is_none();
                match run.answer {
                    Answer::Response(_, _, at) if is_it => Some(at),
                    _ => None,
                }
            };
            for probe in &job.seen.varied {
                let Some(at) = probe.call.runs.iter().find_map(feigns) else { continue };
                let message = format!(
                    "with {} the route answers with mode `{}`, although nothing was sent",
                    variable(&probe.variable, Some(&probe.value)),
                    dispatched.mode.as_str()
                );
                let help = "send the event regardless of the variable, or name the variable in the flag's condition";
                findings
                    .report_at(&RULE.meta, facts.location(at), message, help)
                    .offload(&job.offload.job)
                    .also(&dispatched.mode.at, "the answer in the contract");
            }
        }
        for (offload, seen) in facts.each() {
            let Some(queue) = Queue::of(offload, seen) else { continue };
            let Some((status, at)) = seen.unqueued.iter().find_map(|run| taken(&queue, run)) else { continue };
            let name = queue.name;
            let message = format!("the route answers {status}, although nothing was written to `{}`", name.value);
            let help = "let the error through, or answer with 5xx, so that the sender sends it again";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&name.at, "the queue in the contract");
        }
    },
};

/// The success status of a run whose write to the queue failed and that wrote nothing else.
fn taken(queue: &Queue<'_>, run: &Run) -> Option<(u16, Site)> {
    let Answer::Response(_, _, at) = &run.answer else { return None };
    let status = run.status().filter(|status| (200..300).contains(status))?;
    let write = queue.writes(run)?;
    let mut writing = Writing::default();
    let is_lost = run.broken.iter().any(|broken| broken.at == write.at);
    let is_kept = run.outside.iter().any(|call| call.order > write.order && writing.has(call));
    (is_lost && !is_kept).then_some((status, *at))
}
