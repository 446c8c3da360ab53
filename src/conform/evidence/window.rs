//! The window of an offload as the code has it: as a length, and in every environment.

use super::sends::{Job, Sending, instant};
use crate::conform::observe::{Call, Data};
use crate::conform::program::Site;
use crate::contract::{Binding, Window};
use crate::derive::{Duration, ValueName, derive};

/// Lengths that code may have, in seconds.
const USUAL: [u64; 27] = [
    1, 5, 7, 10, 15, 20, 30, 60, 90, 120, 150, 180, 240, 300, 420, 600, 720, 900, 1_200, 1_800, 3_600, 7_200, 10_800,
    21_600, 43_200, 86_400, 604_800,
];

/// The length of the window that explains what was sent in some calls; `None` when it is not known.
pub(in crate::conform) fn length<'f>(job: &Job<'f>, calls: &[&'f Call]) -> Option<Duration> {
    let own = job.offload.window.as_ref()?.value.default_size();
    let mut sent = Vec::new();
    for call in calls {
        sent.extend(job.sendings([*call]).next());
    }
    // One instant fits many lengths.
    if sent.len() < 3 {
        return None;
    }
    let told = match job.written(sent.first()?, Binding::WindowSeconds).map(|field| &field.value) {
        Some(Data::Number(seconds)) if *seconds >= 1.0 && seconds.fract() == 0.0 => Some(*seconds as u64),
        _ => None,
    };
    let candidates = told.into_iter().chain([own.seconds()]).chain(USUAL).map(Duration::from_seconds);
    let mut candidates = candidates.collect::<Vec<_>>().into_iter();
    if sent.iter().all(|sending| job.bound(sending.event, Binding::WindowStart).is_some()) {
        let starts: Option<Vec<_>> = sent
            .iter()
            .map(|sending| Some((sending.call.at, instant(&job.written(sending, Binding::WindowStart)?.value)?)))
            .collect();
        let starts = starts?;
        return candidates.find(|length| starts.iter().all(|(at, start)| at.floor(*length) == *start));
    }
    candidates.find(|length| {
        sent.iter().all(|sending| {
            let call = sending.call;
            let derived = derive(job.offload, job.events, call.at, Some(*length), &call.query, "");
            derived.is_some_and(|derived| job.key(sending) == Some(&derived.dispatch_key))
        })
    })
}

/// Whether another window than the contract's may explain the key of an event: the event has another one, or one
/// of some usual length has that key.
pub(in crate::conform) fn may_be_of_another(job: &Job<'_>, sending: &Sending<'_>) -> bool {
    let call = sending.call;
    let own = job.offload.window.as_ref().map(|window| window.value.default_size());
    if let (Some(start), Some(own)) = (job.written(sending, Binding::WindowStart), own) {
        return instant(&start.value) != Some(call.at.floor(own));
    }
    let derived = |length| derive(job.offload, job.events, call.at, Some(length), &call.query, "");
    let of_length = |length| derived(length).is_some_and(|derived| job.key(sending) == Some(&derived.dispatch_key));
    USUAL.into_iter().map(Duration::from_seconds).any(of_length)
}

/// The length in code when the environment says nothing, where it is another one than the contract's.
pub(in crate::conform) fn other_length(job: &Job<'_>) -> Option<Duration> {
    *job.other_length.get_or_init(|| {
        let own = job.offload.window.as_ref()?.value.default_size();
        length(job, &job.seen.dispatch.iter().collect::<Vec<_>>()).filter(|length| *length != own)
    })
}

/// Lengths that a variable of the environment gives the window.
pub(in crate::conform) struct Ranged {
    pub(in crate::conform) variable: String,
    pub(in crate::conform) default: Duration,
    /// Values that were tried, with the lengths they gave: the contract does not allow them.
    pub(in crate::conform) lengths: Vec<(String, Duration)>,
    /// Where the variable is read.
    pub(in crate::conform) at: Site,
}

impl Ranged {
    pub(in crate::conform) fn smallest(&self) -> (&str, Duration) {
        let found = self.lengths.iter().min_by_key(|(_, length)| *length);
        found.map_or(("", self.default), |(value, length)| (value, *length))
    }

    pub(in crate::conform) fn largest(&self) -> (&str, Duration) {
        let found = self.lengths.iter().max_by_key(|(_, length)| *length);
        found.map_or(("", self.default), |(value, length)| (value, *length))
    }

    /// Default, smallest and largest in words.
    pub(in crate::conform) fn range(&self) -> String {
        let smallest = self.smallest().1.min(self.default);
        let largest = self.largest().1.max(self.default);
        format!("{} by default, {smallest} to {largest} with the values that were tried", self.default)
    }
}

/// What is wrong with a window that the environment changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::conform) enum Fault {
    /// Two windows have one key.
    Finer,
    /// Two ticks have one window.
    Longer,
    /// It is another one than the contract's.
    Changed,
}

/// The variables that change the window beyond the contract.
pub(in crate::conform) fn ranges(job: &Job<'_>) -> Vec<Ranged> {
    let Some(window) = job.offload.window.as_ref().map(|window| &window.value) else { return Vec::new() };
    let Some(default) = length(job, &job.seen.dispatch.iter().collect::<Vec<_>>()) else { return Vec::new() };
    let mut found: Vec<Ranged> = Vec::new();
    for probe in &job.seen.env {
        let calls: Vec<&Call> = std::iter::once(&probe.call).chain(&probe.later).collect();
        let Some(length) = length(job, &calls).filter(|length| *length != default) else { continue };
        if let Window::Env { env, .. } = window
            && *env == probe.variable
            && length >= window.shortest()
            && window.longest().is_none_or(|longest| length <= longest)
        {
            continue;
        }
        match found.iter_mut().find(|ranged| ranged.variable == probe.variable) {
            Some(ranged) => ranged.lengths.push((probe.value.clone(), length)),
            None => {
                let runs = job.seen.dispatch.iter().flat_map(|call| &call.runs);
                let mut reads = runs.flat_map(|run| &run.env);
                let Some((_, at)) = reads.find(|(name, _)| **name == *probe.variable) else { continue };
                let lengths = vec![(probe.value.clone(), length)];
                found.push(Ranged { variable: probe.variable.clone(), default, lengths, at: *at });
            }
        }
    }
    found
}

/// The faults of a variable that changes the window: the worst ones only.
pub(in crate::conform) fn faults(job: &Job<'_>, ranged: &Ranged) -> Vec<Fault> {
    let mut found = Vec::new();
    let key = &job.events.dispatch_key;
    let to_the_minute = key.names(ValueName::Window) && !key.names(ValueName::WindowStart);
    if to_the_minute && ranged.smallest().1.seconds() < 60 {
        found.push(Fault::Finer);
    }
    if gap(job).is_some_and(|gap| ranged.largest().1 > gap) {
        found.push(Fault::Longer);
    }
    if found.is_empty() {
        found.push(Fault::Changed);
    }
    found
}

/// The shortest distance of two ticks of the schedule.
pub(in crate::conform) fn gap(job: &Job<'_>) -> Option<Duration> {
    job.offload.schedule.as_ref().map(|schedule| Duration::from_seconds(schedule.gaps().smallest))
}
