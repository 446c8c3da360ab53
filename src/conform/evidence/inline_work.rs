//! The work of an offload, seen from outside: what the inline path calls and the dispatch does not. What a route keeps
//! before it dispatches may take the same way to the same database, and is not the work.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet as HashSet;

use super::sends::Job;
use crate::conform::facts::Facts;
use crate::conform::machine::FunctionId;
use crate::conform::names::calls::{Judged, is_client, last, observes};
use crate::conform::observe::{Ending, Run};
use crate::conform::program::{Site, Text};

/// A call of something outside: the method, and where. What it is a method of may have another name in another world,
/// as a client that a variable decides on has.
type Call = (Text, Site);

/// What the work of an offload calls.
#[derive(Debug)]
pub(in crate::conform) struct Work {
    calls: HashSet<Call>,
    /// What the Inngest function calls as well, whether or not the dispatch calls it too.
    durable: HashSet<Call>,
    /// Of these, what is no mere way to another one, as a collection of a database is to its rows.
    ends: HashSet<Call>,
    /// How many of those the shortest way through the inline path makes.
    least: usize,
    /// Which of `calls` are made on each way through the inline path, where nothing breaks if that is seen.
    ways: Vec<HashSet<Call>>,
    /// Functions that lead to the dispatch as well: they are not the work.
    shared: HashSet<FunctionId>,
}

impl Work {
    /// The work of an offload, found out once for all that ask.
    pub(in crate::conform) fn of<'f>(facts: &'f Facts<'_>, job: &Job<'_>) -> &'f Self {
        facts.evidence[job.index].work.get_or_init(|| Self::find(facts, job))
    }

    /// What the inline path calls when all goes well. Where the Inngest function calls some of that too,
    /// only that counts.
    fn find(facts: &Facts<'_>, job: &Job<'_>) -> Self {
        let dispatch = || job.seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
        // Of a run whose end is not known what it calls may still be the work.
        let is_well = |run: &&Run| matches!(run.ending(), Ending::Well | Ending::Unknown);
        let mut inline = outside(job.seen.inline.iter().filter(is_well));
        let told = calls(outside(dispatch()));
        let mut observing = Judged::by(observes);
        inline.retain(|(name, _)| !observing.says(name));
        let functions = job.events.events.iter().flat_map(|event| facts.triggered_by(&event.name.value));
        let mut durable = outside(functions.flat_map(|function| &function.runs));
        let mut making = Judged::by(is_client);
        durable.retain(|(name, _)| !making.says(name));
        let leading = leading(inline.iter().chain(&durable).map(|(name, _)| &***name));
        let leading: HashSet<Call> =
            calls(inline.iter().chain(&durable).filter(|(name, _)| leading.contains(&***name)).copied());
        let (inline, durable) = (calls(inline), calls(durable));
        let durable: HashSet<Call> = inline.intersection(&durable).cloned().collect();
        let ends: HashSet<Call> = durable.difference(&leading).cloned().collect();
        let known = if durable.is_empty() { &inline } else { &durable };
        let calls: HashSet<Call> = known.difference(&told).cloned().collect();
        let shared = dispatch().flat_map(|run| &run.entered).map(|entered| entered.id).collect();
        let made = |run: &Run| calls_of(run).filter(|call| ends.contains(call)).collect::<HashSet<_>>().len();
        let least = job.seen.inline.iter().filter(is_well).map(made).filter(|made| *made > 0).min().unwrap_or(0);
        let ways = ways(job.seen.inline.iter().filter(is_well), &calls);
        Self { calls, durable, ends, least, ways, shared }
    }

    /// Where a run that does not send begins the work: it makes at least half of the calls of a way through the inline
    /// path, and not one alone of several. What the work reports when something goes wrong, such as an alert, is not the
    /// work.
    pub(in crate::conform) fn begins(&self, run: &Run) -> Option<Site> {
        let made: HashSet<Call> = calls_of(run).filter(|call| self.calls.contains(call)).collect();
        let is_work = |way: &HashSet<Call>| {
            let shared = way.intersection(&made).count();
            2 * shared >= way.len() && (shared > 1 || way.len() == 1)
        };
        if run.is_cut() || self.ways.iter().any(is_work) { self.first(run, &made, true) } else { None }
    }

    /// Whether a run makes any call of the work: of a call that begins it on one way, this is a way of the work as well.
    pub(in crate::conform) fn touches(&self, run: &Run) -> bool {
        calls_of(run).any(|call| self.calls.contains(&call))
    }

    /// Where a run that sends does the work as well: at least half of what takes least. A client of a database and
    /// a line of a log are made by whoever needs them.
    pub(in crate::conform) fn is_done_twice(&self, run: &Run) -> Option<Site> {
        let made: HashSet<Call> = calls_of(run).collect();
        let made = made.intersection(&self.ends).count();
        if made == 0 || 2 * made < self.least { None } else { self.first(run, &self.durable, false) }
    }

    fn first(&self, run: &Run, calls: &HashSet<Call>, outermost: bool) -> Option<Site> {
        if calls.is_empty() {
            return None;
        }
        let found = run.outside.iter().find(|outside| calls.contains(&call_of(&outside.name, outside.at)))?;
        let (mut at, mut parent) = (found.at, found.parent);
        while let Some(entered) = parent.and_then(|index| run.entered.get(index)) {
            // The call of the handler itself is nowhere in the code.
            if entered.parent.is_none() || outermost && self.shared.contains(&entered.id) {
                break;
            }
            at = entered.at;
            parent = entered.parent;
        }
        Some(at)
    }
}

/// What runs call, by its whole name; what a module does when it is loaded is nobody's work.
fn outside<'r>(runs: impl IntoIterator<Item = &'r Run>) -> HashSet<(&'r Text, Site)> {
    let all = runs.into_iter().flat_map(|run| &run.outside).filter(|outside| !outside.loading);
    all.map(|outside| (&outside.name, outside.at)).collect()
}

/// Which of some calls are made by each of the runs that make any, each combination once.
fn ways<'r>(runs: impl Iterator<Item = &'r Run>, of: &HashSet<Call>) -> Vec<HashSet<Call>> {
    let mut all: Vec<(HashSet<Call>, bool)> = Vec::new();
    for run in runs {
        let made: HashSet<Call> = calls_of(run).filter(|call| of.contains(call)).collect();
        let is_broken = !run.broken.is_empty();
        match all.iter_mut().find(|(known, _)| *known == made) {
            Some((_, broken)) => *broken &= is_broken,
            None if made.is_empty() => {}
            None => all.push((made, is_broken)),
        }
    }
    let is_any_unbroken = all.iter().any(|(_, is_broken)| !is_broken);
    all.into_iter().filter(|(_, is_broken)| !(*is_broken && is_any_unbroken)).map(|(made, _)| made).collect()
}

/// The names of calls that give what others are called on: `client.db` beside `client.db().collection`.
fn leading<'n>(names: impl Iterator<Item = &'n str>) -> HashSet<&'n str> {
    let names: BTreeSet<&str> = names.collect();
    let leads = |name: &&&str| {
        let given = format!("{name}().");
        names.range(&*given..).next().is_some_and(|next| next.starts_with(&*given))
    };
    names.iter().filter(leads).copied().collect()
}

fn calls<'r>(named: impl IntoIterator<Item = (&'r Text, Site)>) -> HashSet<Call> {
    named.into_iter().map(|(name, at)| call_of(name, at)).collect()
}

fn calls_of(run: &Run) -> impl Iterator<Item = Call> {
    run.outside.iter().filter(|outside| !outside.loading).map(|outside| call_of(&outside.name, outside.at))
}

fn call_of(name: &str, at: Site) -> Call {
    (Text::from(last(name)), at)
}
