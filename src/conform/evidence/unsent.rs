//! Events of the contract that a route does not send, and what it sends in their place.

use super::answers::reads_flag;
use super::inline_work::Work;
use super::sends::Job;
use crate::conform::facts::Facts;
use crate::conform::observe::{Answer, Call, Data, Ending, Run, Sent};
use crate::conform::program::Site;
use crate::contract::Event;

/// An event that a call did not send, for sure.
pub(in crate::conform) struct Unsent<'f> {
    pub(in crate::conform) event: &'f Event,
    pub(in crate::conform) call: &'f Call,
    /// What was sent in its place.
    pub(in crate::conform) instead: Option<&'f Sent>,
    /// Where the route sends something else, or answers.
    pub(in crate::conform) site: Option<Site>,
    /// What it answers.
    pub(in crate::conform) mode: Option<&'f str>,
}

/// The events of an offload that are not sent in some call, with the flag on and Inngest configured in one way
/// or another.
pub(in crate::conform) fn unsent<'f>(facts: &Facts<'_>, job: &Job<'f>) -> Vec<Unsent<'f>> {
    let mut found = Vec::new();
    let work = Work::of(facts, job);
    let configured = job.seen.configured.iter().filter(|_| job.dispatches() && reads_flag(job));
    // A route may do nothing on a day, or at an hour, of which the contract says that nobody calls it.
    let schedule = job.offload.schedule.as_ref().map(|schedule| &schedule.value);
    let comes_at = |call: &Call| schedule.map_or((true, true), |schedule| schedule.comes_at(call.at));
    let sends_at = |hour: bool| {
        job.seen.dispatch.iter().any(|call| comes_at(call).1 == hour && call.runs.iter().any(|run| job.sends(run)))
    };
    let (sends_in_time, sends_else) = (sends_at(true), sends_at(false));
    let is_called = |call: &Call| match comes_at(call) {
        _ if !sends_in_time && !sends_else => true,
        (day, hour) => day && (hour || sends_else),
    };
    for (call, is_usual) in
        job.seen.dispatch.iter().chain(job.asked()).map(|call| (call, true)).chain(configured.map(|call| (call, false)))
    {
        let sent: Vec<&Sent> = call.runs.iter().flat_map(|run| &run.sent).collect();
        let is_known = call.runs.are_all()
            && call.runs.iter().all(|run| !run.is_cut())
            && sent.iter().all(|sent| sent.name.as_text().is_some());
        let names = |event: &Event, sent: &Sent| sent.name.as_text() == Some(event.name.as_str());
        let missing = job.events.events.iter().filter(|event| !sent.iter().any(|sent| names(event, sent)));
        let missing: Vec<&Event> = missing.collect();
        // A route that does the work does not take the flag for on: that is the fault. What another method does is
        // seen to differ from what the usual one does.
        let is_another = call.by.is_some() && job.dispatches();
        let is_answer = |run: &Run| matches!(run.answer, Answer::Response(..));
        let is_told = |run: &Run| {
            !is_usual || is_another && is_answer(run) || answers(job, &run.answer) || fails_by_itself(facts, run)
        };
        let goes = call.runs.iter().any(|run| job.sends(run))
            || call.runs.iter().all(|run| work.begins(run).is_none() && is_told(run));
        if missing.is_empty() || !is_known || !goes || !is_called(call) {
            continue;
        }
        let own = |sent: &&&Sent| job.events.events.iter().any(|event| names(event, sent));
        let mut foreign = sent.iter().copied().filter(|sent| !own(&sent)).collect::<Vec<_>>().into_iter();
        let answer = call.runs.iter().find_map(|run| match &run.answer {
            Answer::Response(_, _, at) => Some(*at),
            _ => None,
        });
        for event in missing {
            let instead = foreign.next();
            let site = sent.first().map(|sent| sent.at).or(answer);
            let mode = call.runs.iter().find_map(|run| run.mode());
            found.push(Unsent { event, call, instead, site, mode });
        }
    }
    found
}

/// Whether an answer is one of a dispatch: by its mode, or as one that says that all is well.
fn answers(job: &Job<'_>, answer: &Answer) -> bool {
    let Answer::Response(status, body, _) = answer else { return false };
    let modes = job.contract.dispatch.responses.each();
    let mode = body.get("mode");
    let is_dispatch = modes.iter().any(|(_, response)| mode.as_text() == Some(response.mode.as_str()));
    is_dispatch || matches!(status, Data::Number(status) if (200.0..300.0).contains(status))
}

/// Whether a run fails whatever is not known here: nothing was decided, and no variable was read but those of the contract.
fn fails_by_itself(facts: &Facts<'_>, run: &Run) -> bool {
    run.ending() == Ending::Failed && run.is_sure() && run.env.iter().all(|(name, _)| facts.names_variable(name))
}
