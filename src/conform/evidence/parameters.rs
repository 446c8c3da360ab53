//! Query parameters that routes read.

use super::frames::around;
use super::sends::Job;
use crate::conform::names::calls::{Judged, observes};
use crate::conform::observe::{Asked, AuthCase, Run, dispatched};
use crate::conform::program::Site;
use crate::contract::Kind;

/// Whether the contract speaks of the query of an offload: that of a webhook is its sender's.
pub(in crate::conform) fn asks(job: &Job<'_>) -> bool {
    job.offload.kind.value == Kind::Cron
}

/// Whether the contract lets a parameter through.
pub(in crate::conform) fn allowed(job: &Job<'_>, name: &str) -> bool {
    job.offload.params.as_ref().is_some_and(|params| params.allow.iter().any(|known| known.value == name))
}

/// The parameters that the dispatch reads, or that the inline path reads for its work; `*` is all of them. What is
/// read to find out who calls does not count.
pub(in crate::conform) fn read_in<'f>(job: &Job<'f>, dispatch: bool) -> Vec<(&'f str, Site)> {
    let refused = job.seen.auth.iter().filter(|probe| probe.case == AuthCase::Wrong).flat_map(|probe| &probe.runs);
    let refused: Vec<&Asked> =
        refused.filter(|run| matches!(run.status(), Some(401 | 403))).flat_map(|run| &run.query).collect();
    let runs: Vec<&'f Run> = if dispatch {
        let calls = job.seen.dispatch.iter().chain(&job.seen.with_query);
        // A run that goes another way is not the dispatch, whatever the flag is.
        let went = |run: &&Run| dispatched(std::slice::from_ref(*run), job.contract);
        calls.flat_map(|call| &call.runs).filter(went).collect()
    } else {
        job.seen.inline.iter().collect()
    };
    let mut found: Vec<(&str, Site)> = Vec::new();
    let mut observing = Judged::by(observes);
    for run in runs {
        for asked in &run.query {
            // As a text the query is read again where the event is made, and told to the log elsewhere.
            let name = match &*asked.name {
                "?" if dispatch => "*",
                "?" => continue,
                name => name,
            };
            let key = (name, asked.at);
            let is_known = found.contains(&key) || refused.iter().any(|other| (&*other.name, other.at) == key);
            if !is_known && (dispatch || is_for_work(run, asked, &mut observing)) {
                found.push(key);
            }
        }
    }
    found
}

/// Whether what was read may reach the work: it is among what that is given, or something was decided by it before.
/// What only shapes the answer or a line of the log is no parameter of the work.
fn is_for_work<'f>(run: &'f Run, asked: &Asked, observing: &mut Judged<'f>) -> bool {
    if &*asked.name == "*" {
        return true;
    }
    let weighed = run.weighed.iter().copied().find(|order| *order > asked.order);
    let given = |index: usize| run.entered[index].of_query && run.entered[index].order > asked.order;
    let mut later = run.outside.iter().filter(|call| call.order > asked.order && !observing.says(&call.name));
    later.any(|call| {
        call.of_query || weighed.is_some_and(|order| order < call.order) || around(run, call.parent).any(given)
    })
}
