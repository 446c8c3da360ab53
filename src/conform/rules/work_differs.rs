//! `work-differs`: only one of an offload's two paths does its work.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::CodeRule;
use crate::conform::evidence::frames::around;
use crate::conform::evidence::functions::{Pair, names, pairs_of};
use crate::conform::evidence::inline_work::Work;
use crate::conform::evidence::sends::{Job, jobs};
use crate::conform::evidence::statuses::are_whole;
use crate::conform::evidence::tables::table_of;
use crate::conform::evidence::writing::Writing;
use crate::conform::facts::Facts;
use crate::conform::machine::FunctionId;
use crate::conform::names::calls::{is_client, last, may_write, observes};
use crate::conform::observe::{Answer, Ending, Outside, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "work-differs",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "Only one of an offload's two paths does its work: the function or the inline path does nothing, or the work of another job.",
        why: "With the flag on, or after a rollback, every run succeeds and nothing is done.",
        bad: Example::Code {
            spec: "{}",
            edits: &[Edit::Replace(
                "lib/inngest/functions.ts",
                "() => createNightlyReport())",
                "async () => ({ rows: 0 }))",
            )],
        },
        good: Example::Code { spec: "{}", edits: &[] },
    },
    check: |facts, findings| {
        let all: Vec<Paths<'_>> = jobs(facts).map(|job| Paths::of(facts, job)).collect();
        let mut users: HashMap<Call<'_>, usize> = HashMap::default();
        for call in all.iter().flat_map(|paths| paths.inline.union(&paths.durable)) {
            *users.entry(*call).or_default() += 1;
        }
        for paths in &all {
            let Some(fault) = fault(paths, &all, &users) else { continue };
            let (at, message, help) = fault.tell(facts, paths);
            findings
                .report_at(&RULE.meta, facts.location(at), message, help)
                .offload(&paths.job.offload.job)
                .also(&paths.job.offload.at, "the offload in the contract");
        }
    },
};

/// What is wrong.
enum Fault<'f> {
    /// These functions do nothing of what the inline path does.
    Functions(Vec<Pair<'f>>, Instead),
    /// They do the work of this job or function.
    Another(Vec<Pair<'f>>, &'f str),
    /// The inline path does nothing of what these functions do, and answers here.
    Inline(Vec<Pair<'f>>, Site, Instead),
}

/// What is done in place of the work.
enum Instead {
    Nothing,
    /// It is only read.
    Reading,
    /// Something that is written to these tables.
    Tables(String),
}

impl Fault<'_> {
    fn tell(&self, facts: &Facts<'_>, paths: &Paths<'_>) -> (Site, String, String) {
        let job = &paths.job.offload.job;
        match self {
            Self::Functions(pairs, instead) => {
                let (names, does) = (names(pairs), if pairs.len() == 1 { "does" } else { "do" });
                let message = match instead {
                    Instead::Nothing => format!("{names} {does} none of the work of the inline path"),
                    Instead::Reading => {
                        let reads = if pairs.len() == 1 { "reads" } else { "read" };
                        format!("{names} only {reads}, and {does} none of what the inline path writes")
                    }
                    Instead::Tables(tables) => {
                        format!("{names} {does} none of the work of the inline path: it writes only to {tables}")
                    }
                };
                let help = match instead {
                    Instead::Nothing | Instead::Reading => "call the work in `step.run` of the function".to_owned(),
                    Instead::Tables(_) => format!("call the work of `{job}` in the function"),
                };
                (pairs[0].written_at(facts), message, help)
            }
            Self::Another(pairs, other) => {
                let (names, does) = (names(pairs), if pairs.len() == 1 { "does" } else { "do" });
                let message = format!("{names} {does} the work of `{other}` and none of the work of the inline path");
                (pairs[0].written_at(facts), message, format!("call the work of `{job}` in the function"))
            }
            Self::Inline(pairs, at, instead) => {
                let (names, does) = (names(pairs), if pairs.len() == 1 { "does" } else { "do" });
                let message = match (instead, &paths.fails) {
                    (Instead::Reading, _) => {
                        format!("with the flag off, the route only reads; {names} {does} the work")
                    }
                    (Instead::Tables(tables), _) => {
                        format!("with the flag off, none of what {names} {does} is done: only {tables} is written to")
                    }
                    (Instead::Nothing, Some(fails)) => {
                        format!("with the flag off, {fails} and nothing is done; {names} {does} the work")
                    }
                    (Instead::Nothing, None) if pairs.len() < paths.pairs.len() => {
                        format!("with the flag off, none of what {names} {does} is done")
                    }
                    (Instead::Nothing, None) => format!("with the flag off, nothing is done; {names} {does} the work"),
                };
                let help = "call the work when the flag is off, so that a rollback does not stop the job";
                (*at, message, help.to_owned())
            }
        }
    }
}

/// A call of something outside: the method, and where.
type Call<'f> = (&'f str, Site);

/// Calls, each once.
type Calls<'f> = HashSet<Call<'f>>;

/// What the two paths of an offload call outside, but for what only observes.
struct Paths<'f> {
    job: Job<'f>,
    pairs: Vec<Pair<'f>>,
    /// Where all goes well with the flag off, or else on every way, less what the dispatch calls as well.
    inline: Calls<'f>,
    /// What each function calls.
    functions: Vec<Calls<'f>>,
    /// What any of them calls.
    durable: Calls<'f>,
    /// Those among them that write, with the table that each writes to where that is known.
    writes: HashMap<Call<'f>, Option<String>>,
    /// Those that only read.
    reads: HashSet<Call<'f>>,
    /// Where the inline path answers when all goes well, or where every way through it fails.
    answered: Option<Site>,
    /// What becomes of the inline path, where it always fails.
    fails: Option<String>,
    /// Whether all of it was followed, nothing is handed on to be done elsewhere, and the dispatch does not do the work
    /// itself, which has a rule of its own.
    is_whole: bool,
}

impl<'f> Paths<'f> {
    fn of(facts: &'f Facts<'_>, job: Job<'f>) -> Self {
        let pairs = pairs_of(facts, job.offload);
        let seen = job.seen;
        let durable = || pairs.iter().flat_map(|pair| &pair.seen.runs);
        let is_any_well = seen.inline.iter().any(|run| is_well(&run));
        let well = || seen.inline.iter().filter(move |run| !is_any_well || is_well(run));
        let mut writing = Writing::default();
        let (mut writes, mut reads) = (HashMap::default(), HashSet::default());
        let mut calls = |runs: &mut dyn Iterator<Item = &'f Run>| -> Calls<'f> {
            let mut found = HashSet::default();
            for run in runs {
                let counts = |call: &&Outside| !call.loading && !observes(&call.name) && !is_client(&call.name);
                for call in run.outside.iter().filter(counts) {
                    let key = (last(&call.name), call.at);
                    if !found.insert(key) {
                        continue;
                    }
                    if writing.has(call) {
                        writes.insert(key, table_of(call, run));
                    } else if !may_write(&call.name, &call.said) {
                        reads.insert(key);
                    }
                }
            }
            found
        };
        // What the dispatch calls as well, such as a limit of its callers, is no work.
        let dispatching = || seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
        let dispatch = calls(&mut dispatching());
        let inline: Calls<'f> = calls(&mut well()).difference(&dispatch).copied().collect();
        let functions: Vec<Calls<'f>> = pairs.iter().map(|pair| calls(&mut pair.seen.runs.iter())).collect();
        let is_followed = |pair: &Pair<'_>| pair.seen.unfollowed.is_none() && are_whole(&pair.seen.runs);
        let answered = well().find_map(|run| match run.answer {
            Answer::Response(_, _, at) => Some(at),
            Answer::Thrown(_) => run.thrown.last().map(|thrown| thrown.at),
            _ => None,
        });
        // An answer of the dispatch says that the flag is taken for on, which has rules of its own.
        let modes = job.contract.dispatch.responses.each();
        let is_dispatch = |run: &Run| modes.iter().any(|(_, response)| run.mode() == Some(response.mode.as_str()));
        let is_any_dispatch = !is_any_well && seen.inline.iter().any(is_dispatch);
        let fails = seen.inline.first().filter(|_| !is_any_well).map(|run| match run.status() {
            Some(status) => format!("the route answers {status}"),
            None => "the route fails".to_owned(),
        });
        let is_whole = pairs.len() == job.events.events.len()
            && pairs.iter().all(is_followed)
            && job.dispatches()
            && !seen.inline.iter().any(Run::is_cut)
            && !is_any_dispatch
            && dispatching().all(|run| Work::of(facts, &job).is_done_twice(run).is_none())
            && durable().chain(well()).all(|run| run.sent.is_empty());
        let durable = functions.iter().flatten().copied().collect();
        Self { job, pairs, inline, functions, durable, writes, reads, answered, fails, is_whole }
    }

    fn writes(&self, calls: &Calls<'f>) -> bool {
        calls.iter().any(|call| self.writes.contains_key(call))
    }

    /// Whether nothing is done by calls that could be work: they only read.
    fn only_reads(&self, calls: &Calls<'f>) -> bool {
        calls.is_subset(&self.reads)
    }

    /// Whether some runs enter a function that others write in, or in what it calls: with other values they may write
    /// there as well.
    fn enter_work<'r>(&self, some: impl Iterator<Item = &'r Run>, others: impl Iterator<Item = &'r Run>) -> bool {
        let mut work: HashSet<FunctionId> = HashSet::default();
        for run in others {
            let writes = run.outside.iter().filter(|call| self.writes.contains_key(&(last(&call.name), call.at)));
            work.extend(writes.flat_map(|call| around(run, call.parent)).map(|index| run.entered[index].id));
        }
        some.flat_map(|run| &run.entered).any(|entered| work.contains(&entered.id))
    }

    fn tables(&self, calls: &Calls<'f>) -> Tables<'_> {
        let written = || calls.iter().filter_map(|call| self.writes.get(call));
        let known = written().filter_map(|table| table.as_deref()).collect();
        Tables { known, unknown: written().filter(|table| table.is_none()).count() }
    }
}

fn is_well(run: &&Run) -> bool {
    run.ending() == Ending::Well
}

fn fault<'f>(paths: &Paths<'f>, all: &[Paths<'f>], users: &HashMap<Call<'f>, usize>) -> Option<Fault<'f>> {
    if !paths.is_whole || paths.pairs.is_empty() {
        return None;
    }
    // What several others call too is no job's work: a lock, a cache, a wrapper.
    let is_own = |call: &&Call<'f>| users.get(*call).is_none_or(|users| *users <= 2);
    let of = |calls: &Calls<'f>| calls.iter().filter(is_own).copied().collect::<Calls<'f>>();
    let (inline, durable) = (of(&paths.inline), of(&paths.durable));
    let every = || paths.pairs.clone();
    if durable.is_empty() && paths.writes(&inline) {
        return Some(Fault::Functions(every(), Instead::Nothing));
    }
    if inline.is_empty() && paths.writes(&durable) {
        return Some(Fault::Inline(every(), paths.answered?, Instead::Nothing));
    }
    let (route, functions) = (|| paths.job.seen.inline.iter(), || paths.pairs.iter().flat_map(|pair| &pair.seen.runs));
    if paths.only_reads(&paths.durable) && paths.writes(&inline) && !paths.enter_work(functions(), route()) {
        return Some(Fault::Functions(every(), Instead::Reading));
    }
    if paths.only_reads(&paths.inline) && paths.writes(&durable) && !paths.enter_work(route(), functions()) {
        return Some(Fault::Inline(every(), paths.answered?, Instead::Reading));
    }
    if !paths.writes(&inline) || !paths.writes(&durable) {
        return None;
    }
    if !inline.is_disjoint(&durable) {
        let functions: Vec<Calls<'f>> = paths.functions.iter().map(of).collect();
        return of_one(paths, &inline, &functions);
    }
    let is_another = |other: &&Paths<'f>| other.job.index != paths.job.index && durable.is_subset(&other.inline);
    if let Some(another) = all.iter().find(is_another) {
        return Some(Fault::Another(every(), another.job.offload.job.as_str()));
    }
    // The same work in two ways is done to the same tables; the less of the two is what is done beside it.
    let (ours, theirs) = (paths.tables(&inline), paths.tables(&durable));
    match inline.len().cmp(&durable.len()) {
        Ordering::Less if ours.are_others_than(&theirs) => {
            Some(Fault::Inline(every(), paths.answered?, Instead::Tables(ours.show())))
        }
        Ordering::Greater if theirs.are_others_than(&ours) => {
            Some(Fault::Functions(every(), Instead::Tables(theirs.show())))
        }
        _ => None,
    }
}

/// The tables that calls write to.
struct Tables<'p> {
    known: BTreeSet<&'p str>,
    /// How many writes there are to others.
    unknown: usize,
}

impl Tables<'_> {
    /// Whether all of them are known, and none is among most of those of the work.
    fn are_others_than(&self, work: &Self) -> bool {
        let is_known = self.unknown == 0 && !self.known.is_empty() && work.known.len() > work.unknown;
        is_known && self.known.is_disjoint(&work.known)
    }

    fn show(&self) -> String {
        self.known.iter().map(|table| format!("`{table}`")).collect::<Vec<_>>().join(" and ")
    }
}

/// What is wrong with one of several functions, where they and the inline path have work in common.
fn of_one<'f>(paths: &Paths<'f>, inline: &Calls<'f>, functions: &[Calls<'f>]) -> Option<Fault<'f>> {
    let durable: Calls<'f> = functions.iter().flatten().copied().collect();
    let is_undone = paths.writes(&inline.difference(&durable).copied().collect());
    let pair = |index: usize| vec![paths.pairs[index]];
    let others = |index: usize| (0..functions.len()).filter(move |other| *other != index);
    (0..functions.len()).filter(|_| functions.len() > 1).find_map(|index| {
        let own = &functions[index];
        if own.is_empty() {
            return is_undone.then(|| Fault::Functions(pair(index), Instead::Nothing));
        }
        if is_undone && let Some(other) = others(index).find(|other| functions[*other] == *own) {
            return Some(Fault::Another(pair(index), &paths.pairs[other].claimed.id.value));
        }
        let is_alone = own.is_disjoint(inline) && others(index).all(|other| own.is_disjoint(&functions[other]));
        (is_alone && paths.writes(own)).then_some(Fault::Inline(pair(index), paths.answered?, Instead::Nothing))
    })
}
