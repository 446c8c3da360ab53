//! `not-awaited`: an event that is sent, a step, a status write or work is not awaited.

use std::borrow::Cow;

use rustc_hash::FxHashSet as HashSet;

use super::CodeRule;
use crate::conform::evidence::functions::{Pair, pairs};
use crate::conform::evidence::queue::Queue;
use crate::conform::evidence::sends::jobs;
use crate::conform::evidence::writer::keeps_at;
use crate::conform::evidence::writing::Writing;
use crate::conform::facts::Facts;
use crate::conform::machine::Begun;
use crate::conform::observe::{Dropped, Outside, Run};
use crate::conform::program::{Site, Text};
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "not-awaited",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "An event that is sent, a step, a status write or work is not awaited.",
        why: "The platform stops the process when the answer is sent: the event is lost, the step never runs, the row stays as it was, or the work is done only in part; and errors go unnoticed.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "await step.run(\"running\"",
                "void step.run(\"running\"",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let mut told: Vec<Site> = Vec::new();
        let mut writes = Writing::default();
        for pair in pairs(facts) {
            let inline = waited_for_inline(facts, &pair);
            for run in pair.seen.runs.iter().chain(pair.seen.failure.iter().flatten()) {
                for dropped in &run.dropped {
                    let Some(what) = what(run, dropped, &inline, &mut writes) else { continue };
                    if told.contains(&dropped.at) {
                        continue;
                    }
                    told.push(dropped.at);
                    let message = format!("`{}` does not await {what}", pair.claimed.id.value);
                    findings
                        .report_at(&RULE.meta, facts.location(dropped.at), message, "`await` or return the promise")
                        .offload(&pair.offload.job)
                        .also(&pair.claimed.id.at, "the function in the contract");
                }
            }
        }
        for pair in pairs(facts) {
            let awaited = awaited_in(&pair.seen.runs);
            let inline = facts.seen_of(pair.offload).into_iter().flat_map(|seen| &seen.inline);
            for (run, dropped) in inline.flat_map(|run| run.dropped.iter().map(move |dropped| (run, dropped))) {
                if dropped.begun > Begun::Work || told.contains(&dropped.at) {
                    continue;
                }
                let is_left = |call: &&Outside| dropped.calls.contains(&call.at) && awaited.contains(&call.at);
                let mut left = run.outside.iter().filter(is_left);
                let Some(call) = left.find(|call| writes.has(call)) else { continue };
                told.push(dropped.at);
                let message =
                    format!("the inline path does not await the work that starts here and calls `{}`", call.name);
                let help = "`await` it: the platform stops the process when the answer is sent";
                findings
                    .report_at(&RULE.meta, facts.location(dropped.at), message, help)
                    .offload(&pair.offload.job)
                    .also(&pair.offload.at, "the offload in the contract");
            }
        }
        if let Some(ledger) = &facts.contract.ledger
            && let Some((name, at)) = facts
                .kept
                .iter()
                .flat_map(|kept| &kept.runs)
                .find_map(|run| left_alone(run, &|call| keeps_at(facts, call.at)))
        {
            let message = format!("`{}` does not await `{name}`", ledger.writer.export.value);
            findings
                .report_at(&RULE.meta, facts.location(at), message, "`await` it: the row may never be written")
                .also(&ledger.writer.export.at, "the writer in the contract");
        }
        for (offload, seen) in facts.each() {
            let Some(queue) = Queue::of(offload, seen) else { continue };
            let is_row = |run: &Run, call: &Outside| queue.writes(run).is_some_and(|write| write.at == call.at);
            let left = queue.rows(true).flatten().find_map(|run| left_alone(run, &|call| is_row(run, call)));
            let Some((name, at)) = left else { continue };
            let message = format!("the route does not await `{name}`, which writes to `{}`", queue.name.value);
            let help =
                "`await` it: work that is not written when the answer is sent is lost, and nobody sends it again";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&queue.name.at, "the queue in the contract");
        }
        for job in jobs(facts) {
            for run in job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run)) {
                for dropped in run.dropped.iter().filter(|dropped| dropped.begun == Begun::Send) {
                    if told.contains(&dropped.at) {
                        continue;
                    }
                    told.push(dropped.at);
                    let message = format!("the dispatch does not await {SENT}");
                    let help = "`await` it: the answer says whether the event was accepted";
                    findings
                        .report_at(&RULE.meta, facts.location(dropped.at), message, help)
                        .offload(&job.offload.job)
                        .also(&job.offload.at, "the offload in the contract");
                }
            }
        }
    },
};

const SENT: &str = "sending this event";

/// What is not awaited. Of work, only what writes counts: a lost read is no loss.
fn what<'r>(
    run: &'r Run,
    dropped: &Dropped,
    inline: &HashSet<Site>,
    writes: &mut Writing<'r>,
) -> Option<Cow<'static, str>> {
    Some(match dropped.begun {
        Begun::Aside | Begun::Work => {
            // What is left unawaited on purpose counts as work if the inline path awaits it.
            let counts = |at: &Site| dropped.begun == Begun::Work || inline.contains(at);
            let mut calls = run.outside.iter().filter(|call| dropped.calls.contains(&call.at) && counts(&call.at));
            let call = calls.find(|call| writes.has(call))?;
            format!("the work that starts here and calls `{}`", call.name).into()
        }
        Begun::Status => "writing this status".into(),
        Begun::Step => "this step".into(),
        Begun::Send => SENT.into(),
    })
}

/// A call outside of the application that a run does not await, on purpose or not.
fn left_alone(run: &Run, counts: &dyn Fn(&Outside) -> bool) -> Option<(Text, Site)> {
    let left = run.dropped.iter().filter(|dropped| dropped.begun <= Begun::Work);
    left.into_iter().find_map(|dropped| {
        let mut calls = run.outside.iter().filter(|call| dropped.calls.contains(&call.at));
        Some((calls.find(|call| counts(call))?.name.clone(), dropped.at))
    })
}

/// The outside calls that the inline path of an offload awaits.
fn waited_for_inline(facts: &Facts<'_>, pair: &Pair<'_>) -> HashSet<Site> {
    facts.seen_of(pair.offload).map(|seen| awaited_in(&seen.inline)).unwrap_or_default()
}

/// The outside calls that some runs make and none leaves alone.
fn awaited_in(runs: &[Run]) -> HashSet<Site> {
    let left: HashSet<Site> =
        runs.iter().flat_map(|run| &run.dropped).flat_map(|dropped| &dropped.calls).copied().collect();
    let called = runs.iter().flat_map(|run| &run.outside).map(|call| call.at);
    called.filter(|at| !left.contains(at)).collect()
}
