//! `not-awaited`: an event is sent, a step run, a status written or work done, and nobody waits for it.

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
        summary: "An event is sent, a step run, a status written or work done, and nobody waits for it.",
        why: "The platform stops the process when the answer is out: the event is lost, the step never runs, the row stays as it was, the work is done in part; and what fails, fails unheard.",
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
                    let message = format!("`{}` does not wait for {what}", pair.claimed.id.value);
                    findings
                        .report_at(
                            &RULE.meta,
                            facts.location(dropped.at),
                            message,
                            "`await` it, or return it to who waits",
                        )
                        .offload(&pair.offload.job)
                        .also(&pair.claimed.id.at, "the contract's function");
                }
            }
        }
        if let Some(ledger) = &facts.contract.ledger
            && let Some((name, at)) = facts
                .kept
                .iter()
                .flat_map(|kept| &kept.runs)
                .find_map(|run| left_alone(run, &|call| keeps_at(facts, call.at)))
        {
            let message = format!("`{}` does not wait for `{name}`", ledger.writer.export.value);
            findings
                .report_at(&RULE.meta, facts.location(at), message, "`await` it: the row may never be written")
                .also(&ledger.writer.export.at, "the writer of the contract");
        }
        for (offload, seen) in facts.each() {
            let Some(queue) = Queue::of(offload, seen) else { continue };
            let is_row = |run: &Run, call: &Outside| queue.writes(run).is_some_and(|write| write.at == call.at);
            let left = queue.rows(true).flatten().find_map(|run| left_alone(run, &|call| is_row(run, call)));
            let Some((name, at)) = left else { continue };
            let message = format!("the route does not wait for `{name}`, which writes to `{}`", queue.name.value);
            let help = "`await` it: what was not written when the answer is out is lost, and nobody sends it again";
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&offload.job)
                .also(&queue.name.at, "the queue of the contract");
        }
        for job in jobs(facts) {
            for run in job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run)) {
                for dropped in run.dropped.iter().filter(|dropped| dropped.begun == Begun::Send) {
                    if told.contains(&dropped.at) {
                        continue;
                    }
                    told.push(dropped.at);
                    let message = format!("the dispatch does not wait for {SENT}");
                    let help = "`await` it: the answer tells whether the event was taken";
                    findings
                        .report_at(&RULE.meta, facts.location(dropped.at), message, help)
                        .offload(&job.offload.job)
                        .also(&job.offload.at, "the contract's offload");
                }
            }
        }
    },
};

const SENT: &str = "the event that is sent here";

/// What nobody waits for; of work only what writes, as what is read for nobody is no loss.
fn what<'r>(
    run: &'r Run,
    dropped: &Dropped,
    inline: &HashSet<Site>,
    writes: &mut Writing<'r>,
) -> Option<Cow<'static, str>> {
    Some(match dropped.begun {
        Begun::Aside | Begun::Work => {
            // What is left alone on purpose is the work where the inline path waits for it.
            let counts = |at: &Site| dropped.begun == Begun::Work || inline.contains(at);
            let mut calls = run.outside.iter().filter(|call| dropped.calls.contains(&call.at) && counts(&call.at));
            let call = calls.find(|call| writes.has(call))?;
            format!("the work that is begun here and calls `{}`", call.name).into()
        }
        Begun::Status => "the status that is written here".into(),
        Begun::Step => "the step that is run here".into(),
        Begun::Send => SENT.into(),
    })
}

/// Something outside that a run calls and nobody waits for, whether or not that is meant.
fn left_alone(run: &Run, counts: &dyn Fn(&Outside) -> bool) -> Option<(Text, Site)> {
    let left = run.dropped.iter().filter(|dropped| dropped.begun <= Begun::Work);
    left.into_iter().find_map(|dropped| {
        let mut calls = run.outside.iter().filter(|call| dropped.calls.contains(&call.at));
        Some((calls.find(|call| counts(call))?.name.clone(), dropped.at))
    })
}

/// What the inline path of an offload calls outside and waits for.
fn waited_for_inline(facts: &Facts<'_>, pair: &Pair<'_>) -> HashSet<Site> {
    let seen = facts.seen_of(pair.offload);
    let runs = || seen.into_iter().flat_map(|seen| &seen.inline);
    let left: HashSet<Site> = runs().flat_map(|run| &run.dropped).flat_map(|dropped| &dropped.calls).copied().collect();
    let called = runs().flat_map(|run| &run.outside).map(|call| call.at);
    called.filter(|at| !left.contains(at)).collect()
}
