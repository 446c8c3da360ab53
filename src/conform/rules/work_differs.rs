//! `work-differs`: only one of an offload's two paths does its work.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use super::CodeRule;
use super::call_names::{Writing, observes};
use super::functions::{Pair, pairs_of};
use super::sends::{Job, jobs};
use super::statuses::are_whole;
use crate::conform::facts::Facts;
use crate::conform::observe::{Answer, Run};
use crate::conform::program::Site;
use crate::diagnostic::Severity;
use crate::rule::{Edit, Example, Group, Meta};

/// The rule.
pub(super) static RULE: CodeRule = CodeRule {
    meta: Meta {
        id: "work-differs",
        severity: Severity::Error,
        group: Group::CodeExecution,
        summary: "Only one of an offload's two paths does its work: the function or the inline path does nothing, or another job's work.",
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
            let (job, pairs) = (&paths.job, &paths.pairs);
            let names: Vec<String> = pairs.iter().map(|pair| format!("`{}`", pair.claimed.id.value)).collect();
            let names = names.join(" and ");
            let (at, message, help) = match fault {
                Fault::Function(None) => (
                    facts.location(pairs[0].seen.at),
                    format!("{names} does nothing of what the inline path does"),
                    "call the work in a step of the function".to_owned(),
                ),
                Fault::Function(Some(other)) => (
                    facts.location(pairs[0].seen.at),
                    format!("{names} does the work of `{other}` and nothing of what the inline path does"),
                    format!("call the work of `{}` in the function", job.offload.job),
                ),
                Fault::Inline(at) => (
                    facts.location(at),
                    format!("with the flag off nothing is done; {names} does the work"),
                    "call the work where the flag is off, so that a rollback does not stop the job".to_owned(),
                ),
            };
            findings
                .report_at(&RULE.meta, at, message, help)
                .offload(&job.offload.job)
                .also(&job.offload.at, "the contract's offload");
        }
    },
};

/// What is wrong.
enum Fault<'f> {
    /// The functions do nothing, or the work of this job.
    Function(Option<&'f str>),
    /// The inline path does nothing and answers here.
    Inline(Site),
}

/// A call of something outside: what, and where.
type Call<'f> = (&'f str, Site);

/// What the two paths of an offload call outside, but for what only observes.
struct Paths<'f> {
    job: Job<'f>,
    pairs: Vec<Pair<'f>>,
    /// Where all goes well with the flag off, less what the dispatch calls as well.
    inline: HashSet<Call<'f>>,
    durable: HashSet<Call<'f>>,
    /// Those among them that write.
    writes: HashSet<Call<'f>>,
    /// Where the inline path answers when all goes well.
    answered: Option<Site>,
    /// Whether all of it was followed, and nothing is handed on to be done elsewhere.
    is_whole: bool,
}

impl<'f> Paths<'f> {
    fn of(facts: &'f Facts<'_>, job: Job<'f>) -> Self {
        let pairs = pairs_of(facts, job.offload);
        let seen = job.seen;
        let durable = || pairs.iter().flat_map(|pair| &pair.seen.runs);
        let well = || seen.inline.iter().filter(is_well);
        let mut writing = Writing::default();
        let mut writes = HashSet::default();
        let mut calls = |runs: &mut dyn Iterator<Item = &'f Run>| -> HashSet<Call<'f>> {
            let mut found = HashSet::default();
            for call in runs.flat_map(|run| &run.outside).filter(|call| !observes(&call.name)) {
                if found.insert((&*call.name, call.at)) && writing.has(call) {
                    writes.insert((&*call.name, call.at));
                }
            }
            found
        };
        // What the dispatch calls as well, such as a limit of its callers, is no work.
        let dispatching = seen.dispatch.iter().flat_map(|call| &call.runs).filter(|run| job.sends(run));
        let dispatch = calls(&mut { dispatching });
        let inline: HashSet<Call<'f>> = calls(&mut well()).difference(&dispatch).copied().collect();
        let of_functions = calls(&mut durable());
        let is_followed = |pair: &Pair<'_>| pair.seen.unfollowed.is_none() && are_whole(&pair.seen.runs);
        let is_whole = pairs.len() == job.events.events.len()
            && pairs.iter().all(|pair| is_followed(pair) && !pair.is_existing())
            && job.dispatches()
            && !seen.inline.iter().any(Run::is_cut)
            && durable().chain(well()).all(|run| run.sent.is_empty());
        let answered = well().find_map(|run| match run.answer {
            Answer::Response(_, _, at) => Some(at),
            _ => None,
        });
        Self { job, pairs, inline, durable: of_functions, writes, answered, is_whole }
    }
}

fn is_well(run: &&Run) -> bool {
    match run.answer {
        Answer::Response(..) => run.status().is_none_or(|status| status < 400),
        Answer::Value(_) => true,
        _ => false,
    }
}

fn fault<'f>(paths: &Paths<'f>, all: &[Paths<'f>], users: &HashMap<Call<'f>, usize>) -> Option<Fault<'f>> {
    if !paths.is_whole || paths.pairs.is_empty() {
        return None;
    }
    // What several others call too is no job's work: a lock, a cache, a wrapper.
    let is_own = |call: &&Call<'f>| users.get(*call).is_none_or(|users| *users <= 2);
    let of = |calls: &HashSet<Call<'f>>| calls.iter().filter(is_own).copied().collect::<HashSet<_>>();
    let (inline, durable) = (of(&paths.inline), of(&paths.durable));
    let writes = |calls: &HashSet<Call<'f>>| calls.iter().any(|call| paths.writes.contains(call));
    if durable.is_empty() && writes(&inline) {
        return Some(Fault::Function(None));
    }
    if inline.is_empty() && writes(&durable) {
        return paths.answered.map(Fault::Inline);
    }
    if !writes(&inline) || !writes(&durable) || !inline.is_disjoint(&durable) {
        return None;
    }
    let is_another = |other: &&Paths<'f>| other.job.index != paths.job.index && durable.is_subset(&other.inline);
    let another = all.iter().find(is_another)?;
    Some(Fault::Function(Some(another.job.offload.job.as_str())))
}
