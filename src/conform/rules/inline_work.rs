//! The work of an offload, seen from outside: what the inline path calls and the dispatch does not.

use rustc_hash::FxHashSet as HashSet;

use super::call_names::{OBSERVING, says};
use super::sends::Job;
use crate::conform::facts::Facts;
use crate::conform::machine::FunctionId;
use crate::conform::observe::{Answer, Run};
use crate::conform::program::{Site, Text};

/// What the work of an offload calls.
pub(super) struct Work {
    calls: HashSet<(Text, Site)>,
    /// What the Inngest function calls as well, whether or not the dispatch calls it too.
    durable: HashSet<(Text, Site)>,
    /// Functions that lead to the dispatch as well: they are not the work.
    shared: HashSet<FunctionId>,
}

impl Work {
    /// The work of an offload: what its inline path calls when all goes well. Where its Inngest function
    /// calls some of that too, only that counts.
    pub(super) fn of(facts: &Facts<'_>, job: &Job<'_>) -> Self {
        let dispatch = || job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
        let is_well = |run: &&Run| match &run.answer {
            Answer::Thrown(_) => false,
            Answer::Response(..) => run.status().is_none_or(|status| status < 400),
            Answer::Value(_) | Answer::Cut | Answer::Enough => true,
        };
        let inline = calls(job.seen.inline.iter().filter(is_well));
        let told: HashSet<(Text, Site)> = calls(dispatch());
        let is_work = |(name, _): &(Text, Site)| !says(name, OBSERVING);
        let inline: HashSet<(Text, Site)> = inline.into_iter().filter(is_work).collect();
        let functions = job.events.events.iter().flat_map(|event| facts.triggered_by(&event.name.value));
        let durable = calls(functions.flat_map(|function| &function.runs));
        let durable: HashSet<(Text, Site)> = inline.intersection(&durable).cloned().collect();
        let known = if durable.is_empty() { &inline } else { &durable };
        let calls = known.difference(&told).cloned().collect();
        let shared = dispatch().flat_map(|run| &run.entered).map(|entered| entered.id).collect();
        Self { calls, durable, shared }
    }

    /// Where a run that does not send begins the work.
    pub(super) fn begins(&self, run: &Run) -> Option<Site> {
        self.first(run, &self.calls, true)
    }

    /// Where a run that sends does the work as well.
    pub(super) fn is_done_twice(&self, run: &Run) -> Option<Site> {
        self.first(run, &self.durable, false)
    }

    fn first(&self, run: &Run, calls: &HashSet<(Text, Site)>, outermost: bool) -> Option<Site> {
        let is_work = |name: &Text, at: Site| calls.contains(&(name.clone(), at));
        let found = run.outside.iter().find(|outside| is_work(&outside.name, outside.at))?;
        let (mut at, mut parent) = (found.at, found.parent);
        while let Some(entered) = parent.and_then(|index| run.entered.get(index)) {
            if outermost && self.shared.contains(&entered.id) {
                break;
            }
            at = entered.at;
            parent = entered.parent;
        }
        Some(at)
    }
}

fn calls<'r>(runs: impl IntoIterator<Item = &'r Run>) -> HashSet<(Text, Site)> {
    runs.into_iter().flat_map(|run| &run.outside).map(|outside| (outside.name.clone(), outside.at)).collect()
}
