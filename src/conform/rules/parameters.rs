//! Query parameters that routes read.

use super::sends::Job;
use crate::conform::observe::{AuthCase, Run, dispatched};
use crate::conform::program::{Site, Text};
use crate::contract::Kind;

/// Whether the contract speaks of the query of an offload: that of a webhook is its sender's.
pub(super) fn asks(job: &Job<'_>) -> bool {
    job.offload.kind.value == Kind::Cron
}

/// Whether the contract lets a parameter through.
pub(super) fn allowed(job: &Job<'_>, name: &str) -> bool {
    job.offload.params.as_ref().is_some_and(|params| params.allow.iter().any(|known| known.value == name))
}

/// The parameters that the dispatch, or the inline path, reads; `*` is all of them. What is read to find
/// out who calls does not count.
pub(super) fn read_in<'f>(job: &Job<'f>, dispatch: bool) -> Vec<(&'f str, Site)> {
    let refused = job.seen.auth.iter().filter(|probe| probe.case == AuthCase::Wrong).flat_map(|probe| &probe.runs);
    let refused: Vec<&(Text, Site)> =
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
    for (name, at) in runs.into_iter().flat_map(|run| &run.query) {
        let key = (&**name, *at);
        if !found.contains(&key) && !refused.iter().any(|(other, place)| (&**other, *place) == key) {
            found.push(key);
        }
    }
    found
}
