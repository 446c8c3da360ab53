//! What the flag of an offload was seen to do, beside what the contract says.

use rustc_hash::FxHashSet as HashSet;

use super::queue::Queue;
use super::wording::environment;
use crate::conform::facts::Facts;
use crate::conform::observe::{About, Answer, Ending, OffloadFacts, Run, Runs, StateProbe, dispatched};
use crate::conform::program::Site;
use crate::contract::{Flag, Kind, Offload, Origin};
use crate::findings::Findings;
use crate::rule::Meta;
use crate::source::Location;

/// Whether some runs took the flag for on; `None` when that cannot be told.
type Judge<'f> = Box<dyn Fn(&Runs) -> Option<bool> + 'f>;

/// The flag of an offload, as the code reads it.
pub(in crate::conform) struct FlagStates<'f> {
    /// The flag.
    pub(in crate::conform) flag: &'f Flag,
    /// Each probe, and whether the code took the flag for on; `None` when that cannot be told.
    pub(in crate::conform) seen: Vec<(&'f StateProbe, Option<bool>)>,
    /// Of a queue: nothing is done in one state that is not done in the other.
    same_marks: bool,
    /// Of an event: in every state it is sent on some ways, and all ways are the same.
    same_ways: bool,
    judge: Judge<'f>,
}

/// The flag of an offload that has a route and a flag.
pub(in crate::conform) fn states<'f>(
    facts: &'f Facts<'f>,
    offload: &'f Offload,
    seen: &'f OffloadFacts,
) -> Option<FlagStates<'f>> {
    seen.route.filter(|_| !seen.is_refused && !seen.states.is_empty())?;
    let flag = facts.contract.flags.get(&offload.flag.as_ref()?.value)?;
    let (mut same_marks, mut same_ways) = (false, false);
    let misconfigured = facts.contract.dispatch.responses.misconfigured.mode.as_str();
    let judge: Judge<'f> = if offload.dispatch().is_some() {
        same_ways = are_same(facts, seen);
        let is_webhook = offload.kind.value == Kind::Webhook;
        Box::new(move |runs: &Runs| {
            let sends = |run: &Run| dispatched(std::slice::from_ref(run), facts.contract);
            let on = runs.iter().filter(|run| sends(run)).count();
            // A caller that is turned away has not come as far as the flag.
            let come = runs.iter().filter(|run| sends(run) || run.ending() != Ending::Refused).count();
            if on == come && (on > 0 || runs.is_empty()) {
                return Some(true);
            }
            // A scheduler that is always turned away has no job.
            if come == 0 && is_webhook {
                return None;
            }
            let cut = runs.iter().any(Run::is_cut);
            // Where only some ways lead to the dispatch, something else decides as well.
            let excused = runs.iter().any(|run| is_excuse(run, misconfigured));
            // What is in doubt in the work does not make it a dispatch.
            let is_off = on == 0 && !excused && (!cut || runs.send_nothing());
            is_off.then_some(false)
        })
    } else {
        // A queue has no event: on is what only the runs with the flag on do.
        let row = |expected: bool| {
            let rows = seen.states.iter().filter(|p| p.about == About::Row && p.expected == expected);
            rows.flat_map(|probe| probe.runs.iter()).flat_map(marks).collect::<HashSet<Site>>()
        };
        let (on, off) = (row(true), row(false));
        let only_on: HashSet<Site> = on.difference(&off).copied().collect();
        let only_off: HashSet<Site> = off.difference(&on).copied().collect();
        let is_cut = seen.states.iter().flat_map(|probe| probe.runs.iter()).any(Run::is_cut);
        same_marks = !is_cut && only_on.is_empty() && only_off.is_empty();
        // Where only one of the flag's states leads to the queue, whoever writes to it takes the flag for on.
        let queue = Queue::of(offload, seen);
        let queued = |queue: &Queue<'_>, runs: &[Run]| runs.iter().any(|run| queue.writes(run).is_some());
        let queue = queue.filter(|queue| {
            let all = queue.rows(true).all(|runs| queued(queue, runs));
            all != queue.rows(false).any(|runs| queued(queue, runs))
        });
        Box::new(move |runs: &Runs| {
            if let Some(queue) = &queue {
                let is_on = queued(queue, runs);
                if is_on || queue.follows(runs) && !runs.iter().any(|run| is_excuse(run, misconfigured)) {
                    return Some(is_on);
                }
            }
            let seen: HashSet<Site> = runs.iter().flat_map(marks).collect();
            match (seen.is_disjoint(&only_on), seen.is_disjoint(&only_off)) {
                (false, true) => Some(true),
                (true, false) => Some(false),
                _ => None,
            }
        })
    };
    // Where Inngest is not configured, a route that gives up does not work although the flag is off: one that
    // works when it is configured.
    let is_off = |probe: &&StateProbe| probe.about != About::Unconfigured && !probe.expected;
    let works = seen.states.iter().filter(is_off).any(|probe| judge(&probe.runs) == Some(false));
    let gives_up = |probe: &StateProbe| {
        let is_any = works && probe.about == About::Unconfigured && !probe.runs.is_empty();
        is_any && probe.runs.iter().all(|run| !run.is_cut() && is_excuse(run, misconfigured))
    };
    let judged = |probe: &StateProbe| if gives_up(probe) { Some(true) } else { judge(&probe.runs) };
    let probes = seen.states.iter().map(|probe| (probe, judged(probe))).collect();
    Some(FlagStates { flag, seen: probes, same_marks, same_ways, judge })
}

/// Whether the event is sent in every state of the flag, on the same ways, and those that do not send it only turn
/// something away: a signature that is wrong, a kind of event that nobody asked for.
fn are_same(facts: &Facts<'_>, seen: &OffloadFacts) -> bool {
    let ways = |probe: &StateProbe| {
        let is_known = |run: &Run| !run.is_cut() && run.unsure.is_none();
        let sends = |run: &Run| dispatched(std::slice::from_ref(run), facts.contract);
        let sending: HashSet<Site> = probe.runs.iter().filter(|run| sends(run)).flat_map(marks).collect();
        let turns_away = |run: &Run| sends(run) || marks(run).all(|mark| sending.contains(&mark));
        let is_plain = probe.runs.iter().all(|run| is_known(run) && turns_away(run));
        let way = |run: &Run| (sends(run), run.status(), run.outside.iter().map(|call| call.at).collect::<Vec<_>>());
        let ways: HashSet<_> = probe.runs.iter().map(way).collect();
        (is_plain && ways.iter().any(|(sends, ..)| *sends)).then_some(ways)
    };
    let mut states = seen.states.iter().filter(|probe| probe.about != About::Unconfigured);
    let has = |expected: bool| seen.states.iter().any(|probe| probe.about == About::Row && probe.expected == expected);
    let Some(first) = states.next().and_then(ways) else { return false };
    has(true) && has(false) && states.all(|probe| ways(probe).as_ref() == Some(&first))
}

/// Whether a run gave up before any work, as a dispatch does that is not configured; with a mode that the
/// contract does not know it cannot be told from a route that fails, or whose configuration throws.
fn is_excuse(run: &Run, misconfigured: &str) -> bool {
    let fails = run.ending() == Ending::Failed;
    run.mode() == Some(misconfigured) || fails && run.outside.iter().all(|outside| outside.loading)
}

/// The places that a run passed.
fn marks(run: &Run) -> impl Iterator<Item = Site> {
    run.outside.iter().map(|outside| outside.at).chain(run.entered.iter().map(|entered| entered.at))
}

impl FlagStates<'_> {
    /// The route does the same whatever the flag is: whether it always dispatches, or never does.
    pub(in crate::conform) fn constant(&self) -> Option<bool> {
        let first = self.seen.first().and_then(|(_, on)| *on);
        if first.is_none() && self.same_marks {
            return Some(false);
        }
        if first.is_none() && self.same_ways {
            return Some(true);
        }
        let mut states = self.seen.iter().filter(|(probe, _)| probe.about != About::Unconfigured);
        first.filter(|_| states.all(|(_, on)| *on == first))
    }

    /// What the condition is whose place is shown.
    pub(in crate::conform) fn label(&self) -> &'static str {
        match self.flag.enabled_when.origin {
            Origin::BuiltIn => "by default, the flag is on when its variable is",
            _ => "the contract's condition for the flag",
        }
    }

    /// What the route does in every case that was looked at, in words.
    pub(in crate::conform) fn always(&self, on: bool, is_queue: bool) -> String {
        let all: HashSet<String> = self.seen.iter().map(|(probe, _)| doing(on, is_queue, &probe.runs)).collect();
        let mut all = all.into_iter();
        all.next().filter(|_| all.next().is_none()).unwrap_or_else(|| outcome(on, is_queue).into())
    }

    /// Whether the code took the flag for on in some runs.
    pub(in crate::conform) fn is_on(&self, runs: &Runs) -> Option<bool> {
        (self.judge)(runs)
    }

    /// Probes about something in which code and contract differ.
    pub(in crate::conform) fn differing<'s>(
        &'s self,
        about: &'s dyn Fn(&About) -> bool,
    ) -> impl Iterator<Item = &'s StateProbe> {
        let some = self
            .seen
            .iter()
            .filter(move |(probe, on)| about(&probe.about) && on.is_some_and(|on| on != probe.expected));
        some.map(|(probe, _)| *probe)
    }

    /// Whether a probe of the truth table has the flag's own variable unset.
    pub(in crate::conform) fn has_row_for_unset(&self) -> bool {
        let mut rows = self.seen.iter().filter(|(probe, _)| probe.about == About::Row);
        rows.any(|(probe, _)| probe.env.iter().any(|(name, value)| *name == self.flag.name && value.is_none()))
    }

    /// Where the code reads the flag's variable; the handler when it does not.
    pub(in crate::conform) fn place(&self, facts: &Facts<'_>, seen: &OffloadFacts) -> Option<Location> {
        let name = self.flag.name.as_str();
        let read = self.seen.iter().flat_map(|(probe, _)| probe.runs.iter()).flat_map(|run| &run.env);
        match read.into_iter().find(|(read, _)| &**read == name) {
            Some((_, at)) => Some(facts.location(*at)),
            None => facts.route_location(seen),
        }
    }
}

/// Reports each flag that the code reads differently from the contract in some kind of probe: a rule's whole check.
/// `is_told_elsewhere` leaves flags to a more specific rule.
pub(in crate::conform) fn tell(
    facts: &Facts<'_>,
    findings: &mut Findings<'_>,
    rule: &'static Meta,
    about: &dyn Fn(&About) -> bool,
    is_told_elsewhere: &dyn Fn(&FlagStates<'_>) -> bool,
    help: &str,
) {
    for (offload, seen) in facts.each() {
        let Some(states) = states(facts, offload, seen) else { continue };
        if states.constant().is_some() || is_told_elsewhere(&states) {
            continue;
        }
        let differing = states.differing(about).next();
        let place = |probe: &StateProbe| match probe.about {
            About::Method(method) => Some(facts.handler_location(seen.route?, method)),
            _ => states.place(facts, seen),
        };
        let Some((probe, location)) = differing.and_then(|probe| Some((probe, place(probe)?))) else { continue };
        let is_queue = offload.dispatch().is_none();
        let (with, code) = (environment(&probe.env), doing(!probe.expected, is_queue, &probe.runs));
        let message = match probe.about {
            About::Rollback => format!("after the rollback, with {with}, the code still {code}"),
            About::Unconfigured if probe.runs.iter().all(|run| run.sent.is_empty()) => {
                format!(
                    "with {with} the code does not do the work; the contract says that it runs inline, as the flag is off"
                )
            }
            About::Method(method) => {
                format!(
                    "called by {method} with {with}, the code {code}; the contract says that it {}",
                    outcome(probe.expected, is_queue)
                )
            }
            _ => {
                format!("with {with} the code {code}; the contract says that it {}", outcome(probe.expected, is_queue))
            }
        };
        findings
            .report_at(rule, location, message, help)
            .offload(&offload.job)
            .also(&states.flag.enabled_when.at, states.label());
    }
}

/// What the route does in some runs, in words: one that gives up runs nothing.
fn doing(on: bool, is_queue: bool, runs: &[Run]) -> String {
    let gives_up = |run: &Run| match (&run.answer, run.status()) {
        _ if on || !run.outside.is_empty() => None,
        (Answer::Thrown(_), _) => Some("throws".to_owned()),
        (_, Some(status)) if status >= 400 => Some(format!("answers {status}")),
        _ => None,
    };
    let first = runs.first().and_then(gives_up);
    first
        .filter(|first| runs.iter().all(|run| gives_up(run).as_ref() == Some(first)))
        .unwrap_or_else(|| outcome(on, is_queue).into())
}

/// Whether the route hands the work over, in words.
fn outcome(on: bool, is_queue: bool) -> &'static str {
    match (on, is_queue) {
        (true, false) => "dispatches",
        (true, true) => "writes to the queue",
        (false, _) => "runs inline",
    }
}
