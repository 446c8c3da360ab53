//! Which callers the routes of the contract let through.

use super::inline_work::Work;
use super::sends::{Job, job, jobs};
use crate::conform::facts::Facts;
use crate::conform::observe::{Answer, AuthCase, AuthProbe, OffloadFacts, Run, dispatched};
use crate::contract::Offload;

/// Whether a caller got through: the flag is on, so that whoever does dispatches; a handler of another
/// method may work at once.
pub(in crate::conform) fn dispatches(facts: &Facts<'_>, probe: &AuthProbe) -> bool {
    let refused = probe.runs.iter().any(|run| matches!(run.status(), None | Some(400..=499)));
    let worked = |run: &Run| matches!(run.status(), Some(200..=299)) && !run.outside.is_empty();
    dispatched(&probe.runs, facts.contract) || (!refused && probe.runs.iter().any(worked))
}

/// The offloads whose routes dispatch at all, with the probes of one kind that got through.
pub(in crate::conform) fn logins<'f>(
    facts: &'f Facts<'_>,
    case: AuthCase,
) -> impl Iterator<Item = (&'f Offload, &'f OffloadFacts, Vec<&'f AuthProbe>)> {
    facts.each().filter(|(_, seen)| !seen.auth.is_empty()).map(move |(offload, seen)| {
        let through = seen.auth.iter().filter(|probe| probe.case == case && dispatches(facts, probe)).collect();
        (offload, seen, through)
    })
}

/// Whether a route lets callers through that know nothing.
pub(in crate::conform) fn is_open(facts: &Facts<'_>, seen: &OffloadFacts) -> bool {
    seen.auth.iter().any(|probe| probe.case == AuthCase::Wrong && dispatches(facts, probe))
}

/// Whether a route refuses the secret: every way of a call with it ends so.
pub(in crate::conform) fn refuses(facts: &Facts<'_>, probe: &AuthProbe) -> bool {
    let status = probe.runs.iter().all(|run| matches!(run.status(), Some(401 | 403)));
    probe.case == AuthCase::Right && status && !probe.runs.is_empty() && !dispatches(facts, probe)
}

/// The handlers that do or start the work for whoever calls them as a probe of this kind does.
pub(in crate::conform) fn back_doors<'f>(
    facts: &'f Facts<'_>,
    case: AuthCase,
) -> impl Iterator<Item = (Job<'f>, &'f AuthProbe)> {
    jobs(facts)
        .flat_map(move |job| {
            let work = Work::of(facts, &job);
            let does = |run: &Run| job.sends(run) || work.begins(run).is_some();
            // A handler that may refuse, or that may give up before anything is done, checks something.
            let is_done = |run: &Run| match &run.answer {
                Answer::Response(..) => run.status().is_some_and(|status| !(300..500).contains(&status)),
                Answer::Thrown(_) => !run.outside.iter().all(|outside| outside.loading),
                Answer::Value(_) | Answer::Cut | Answer::Enough => false,
            };
            let is_refused = |run: &Run| run.status().is_some_and(|status| (300..500).contains(&status));
            let probes = job.seen.auth.iter().filter(|probe| probe.case == case && probe.runs.iter().any(does));
            let open = probes.filter(|probe| match case {
                // The work may fail, and be left out, in many ways; a door that holds is one of them.
                AuthCase::Inline => !probe.runs.iter().any(is_refused),
                _ => probe.runs.iter().all(is_done),
            });
            open.map(|probe| (job.index, probe)).collect::<Vec<_>>()
        })
        .filter_map(|(index, probe)| Some((job(facts, index)?, probe)))
}

/// The probes that got through without the secret, of routes that are closed otherwise. Where the secret itself
/// is refused, what a variable lets in is the secret there.
pub(in crate::conform) fn bypasses<'f>(
    facts: &'f Facts<'_>,
) -> impl Iterator<Item = (&'f Offload, &'f OffloadFacts, Vec<&'f AuthProbe>)> {
    logins(facts, AuthCase::Bypass)
        .map(|(offload, seen, mut through)| {
            let refused = seen.auth.iter().any(|probe| refuses(facts, probe));
            through.retain(|probe| !refused || probe.variable.is_none());
            (offload, seen, through)
        })
        .filter(|(_, seen, through)| !through.is_empty() && !is_open(facts, seen))
}

/// How many routes let something through that is not the secret, of how many.
pub(in crate::conform) fn bypassed(facts: &Facts<'_>) -> (usize, usize) {
    (bypasses(facts).count(), facts.each().filter(|(_, seen)| !seen.auth.is_empty()).count())
}
