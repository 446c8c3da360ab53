//! Status records: which of their fields says the state, and which the job.

use super::functions::{Pair, pairs};
use crate::conform::facts::Facts;
use crate::conform::machine::Failing;
use crate::conform::names::fields::{JOB, STATE};
use crate::conform::observe::{Answer, Data, Ending, Field, Run, Runs, StatusWrite};
use crate::conform::program::Site;
use crate::contract::{Contract, Ledger, Origin};

/// The states of a contract.
pub(in crate::conform) fn states(ledger: &Ledger) -> Vec<&'static str> {
    ledger.states.value.iter().map(|state| state.as_str()).collect()
}

/// The functions of the contract whose runs the ledger is to hold, when its writer is in the code.
pub(in crate::conform) fn recorded<'f>(facts: &'f Facts<'_>) -> Option<(&'f Ledger, Vec<Pair<'f>>)> {
    let contract: &'f Contract = facts.contract;
    let ledger = contract.ledger.as_ref()?;
    facts.writer?;
    // Of existing code only what is written is claimed: that it has records under a job name.
    let claims = |pair: &Pair<'f>| !pair.is_existing() || pair.claimed.job_name.origin == Origin::Written;
    Some((ledger, pairs(facts).into_iter().filter(claims).collect()))
}

/// The field of a record that holds its state.
pub(in crate::conform) fn state(write: &StatusWrite) -> Option<&Field> {
    STATE.iter().find_map(|name| write.record.field(name))
}

/// The state that a record is known to hold.
pub(in crate::conform) fn known_state(write: &StatusWrite) -> Option<&str> {
    state(write)?.value.as_text()
}

/// The field of a record that holds the name of its job.
pub(in crate::conform) fn job(write: &StatusWrite) -> Option<&Field> {
    JOB.iter().find_map(|name| write.record.field(name))
}

/// What the runs of a function's handler wrote.
pub(in crate::conform) fn of_handler<'f>(pair: &Pair<'f>) -> impl Iterator<Item = &'f StatusWrite> {
    pair.seen.runs.iter().flat_map(|run| &run.statuses)
}

/// What the runs of a function's `onFailure` wrote.
pub(in crate::conform) fn of_failure<'f>(pair: &Pair<'f>) -> impl Iterator<Item = &'f StatusWrite> {
    pair.seen.failure.iter().flatten().flat_map(|run| &run.statuses)
}

/// Whether a state is among the contract's.
pub(in crate::conform) fn is_declared(ledger: &Ledger, state: &str) -> bool {
    states(ledger).contains(&state)
}

/// Whether all that runs wrote is known, and is among the contract's states: else what seems to be
/// missing may be there, or is there under another name.
pub(in crate::conform) fn are_plain<'w>(ledger: &Ledger, mut writes: impl Iterator<Item = &'w StatusWrite>) -> bool {
    writes.all(|write| known_state(write).is_some_and(|state| is_declared(ledger, state)))
}

/// Whether runs were followed to their ends, through a handler of the application.
pub(in crate::conform) fn are_whole(runs: &[Run]) -> bool {
    !runs.is_empty() && runs.iter().all(|run| !run.is_cut() && !run.entered.is_empty())
}

/// Whether a run came to its end without throwing.
pub(in crate::conform) fn is_done(run: &Run) -> bool {
    matches!(run.answer, Answer::Value(_) | Answer::Response(..))
}

/// Runs of a function whose work was begun when something outside fails, each with the call that failed: the one
/// whose failure is an error inline as well. What the inline path takes lightly, the function may.
pub(in crate::conform) fn begun<'f>(
    facts: &'f Facts<'_>,
    pair: &Pair<'f>,
    failing: Failing,
) -> impl Iterator<Item = (&'f Run, Site)> {
    let seen = facts.seen_of(pair.offload);
    let made_up = pair.seen.made_up.as_ref();
    let (inline, durable) = match failing {
        Failing::All => (seen.map(|seen| &seen.broken), made_up.map(|made_up| &made_up.broken)),
        Failing::Writes => (seen.map(|seen| &seen.unwritten), made_up.map(|made_up| &made_up.unwritten)),
    };
    let of = |runs: Option<&'f Runs>| runs.map(|runs| &**runs).unwrap_or_default();
    let (inline, durable) = (of(inline), of(durable));
    let site = inline.iter().all(|run| run.ending() == Ending::Failed).then(|| first_failure(inline)).flatten();
    let site = site.filter(|site| first_failure(durable) == Some(*site));
    site.into_iter().flat_map(move |site| durable.iter().filter(|run| !run.is_cut()).map(move |run| (run, site)))
}

/// What fails first on every way.
fn first_failure(runs: &[Run]) -> Option<Site> {
    let mut sites = runs.iter().map(|run| run.broken.first().map(|broken| broken.at));
    let first = sites.next().flatten();
    first.filter(|_| sites.all(|site| site == first))
}

/// Whether a function that no function of the contract is may write records, such as one that listens to
/// Inngest's own events.
pub(in crate::conform) fn listens_for(facts: &Facts<'_>, system_event: &str, state: &str) -> bool {
    facts.functions.iter().any(|function| {
        let listens = function.triggers.iter().any(|trigger| match trigger {
            Data::Unknown(..) => true,
            other => other.get("event").as_text().is_some_and(|name| name == system_event),
        });
        let mut writes = function.runs.iter().flat_map(|run| &run.statuses);
        listens && writes.any(|write| known_state(write).is_none_or(|written| written == state))
    })
}
