//! Which callers the routes of the contract let through.

use crate::conform::facts::Facts;
use crate::conform::observe::{AuthCase, AuthProbe, OffloadFacts, Run, dispatched};
use crate::contract::Offload;

/// Whether a caller got through: the flag is on, so that whoever does dispatches; a handler of another
/// method may work at once.
pub(super) fn dispatches(facts: &Facts<'_>, probe: &AuthProbe) -> bool {
    let refused = probe.runs.iter().any(|run| matches!(run.status(), None | Some(400..=499)));
    let worked = |run: &Run| matches!(run.status(), Some(200..=299)) && !run.outside.is_empty();
    dispatched(&probe.runs, facts.contract) || (!refused && probe.runs.iter().any(worked))
}

/// The offloads whose routes dispatch at all, with the probes of one kind that got through.
pub(super) fn logins<'f>(
    facts: &'f Facts<'_>,
    case: AuthCase,
) -> impl Iterator<Item = (&'f Offload, &'f OffloadFacts, Vec<&'f AuthProbe>)> {
    facts.each().filter(|(_, seen)| !seen.auth.is_empty()).map(move |(offload, seen)| {
        let through = seen.auth.iter().filter(|probe| probe.case == case && dispatches(facts, probe)).collect();
        (offload, seen, through)
    })
}

/// Whether a route lets callers through that know nothing.
pub(super) fn is_open(facts: &Facts<'_>, seen: &OffloadFacts) -> bool {
    seen.auth.iter().any(|probe| probe.case == AuthCase::Wrong && dispatches(facts, probe))
}

/// The probes that got through without the secret, of routes that are closed otherwise.
pub(super) fn bypasses<'f>(
    facts: &'f Facts<'_>,
) -> impl Iterator<Item = (&'f Offload, &'f OffloadFacts, Vec<&'f AuthProbe>)> {
    logins(facts, AuthCase::Bypass).filter(|(_, seen, through)| !through.is_empty() && !is_open(facts, seen))
}

/// How many routes let something through that is not the secret, of how many.
pub(super) fn bypassed(facts: &Facts<'_>) -> (usize, usize) {
    (bypasses(facts).count(), facts.each().filter(|(_, seen)| !seen.auth.is_empty()).count())
}
