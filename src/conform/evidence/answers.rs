//! The answers of the dispatch branch, case by case, beside what the contract says of them.

use std::borrow::Cow;
use std::cell::OnceCell;

use rustc_hash::FxHashSet as HashSet;

use super::inline_work::Work;
use super::payloads::{self, What};
use super::sends::{Job, jobs};
use super::wording::variable;
use crate::conform::facts::Facts;
use crate::conform::machine::Taint;
use crate::conform::observe::{About, Answer, Call, Data, EnvProbe, Run, Sent};
use crate::conform::program::Site;
use crate::contract::{EventField, Origin, Response};
use crate::findings::Findings;
use crate::rule::Meta;

/// A case of the dispatch branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::conform) enum Case {
    Dispatched,
    Misconfigured,
    Failed,
}

impl Case {
    /// When it is, for people.
    fn when(self) -> &'static str {
        match self {
            Self::Dispatched => "after the event was sent",
            Self::Misconfigured => "when Inngest is not configured",
            Self::Failed => "when sending fails",
        }
    }
}

/// An answer of a route in one of the cases.
pub(in crate::conform) struct Answered<'f> {
    pub(in crate::conform) job: &'f Job<'f>,
    pub(in crate::conform) case: Case,
    /// What the contract says.
    pub(in crate::conform) response: &'f Response,
    pub(in crate::conform) status: Option<u16>,
    /// Nobody answered: the route threw.
    pub(in crate::conform) is_thrown: bool,
    pub(in crate::conform) body: &'f Data,
    pub(in crate::conform) at: Site,
    /// Events of the contract that the run sent.
    pub(in crate::conform) sent: Vec<&'f Sent>,
    /// A variable that the contract does not name, and its value, where the answer depends on it.
    with: Option<&'f EnvProbe>,
    /// Fields in which the data of the events itself differs, once that is asked.
    own: &'f OnceCell<HashSet<String>>,
}

/// What Next.js answers where a route throws.
const THROWN: u16 = 500;

/// Where a run throws what it ends with: the statement, or the call that sends.
fn thrown_at(run: &Run) -> Option<Site> {
    run.thrown.last().map(|thrown| thrown.at).or_else(|| run.sent.last().map(|sent| sent.at))
}

impl Answered<'_> {
    /// When it is given, for people.
    pub(in crate::conform) fn when(&self) -> Cow<'static, str> {
        match self.with {
            Some(probe) => {
                format!("{} with {}", self.case.when(), variable(&probe.variable, Some(&probe.value))).into()
            }
            None => self.case.when().into(),
        }
    }

    /// It says that all is well although nothing was sent: that is the fault, not what it says.
    pub(in crate::conform) fn is_feigned(&self) -> bool {
        self.case != Case::Dispatched && self.status.is_some_and(|status| (200..300).contains(&status))
    }
}

/// Calls `each` with every answer whose case is sure and whose run does not do the work instead.
pub(in crate::conform) fn each(facts: &Facts<'_>, mut each: impl FnMut(&Answered<'_>)) {
    for job in jobs(facts) {
        let work = Work::of(facts, &job);
        let own = OnceCell::new();
        let responses = &job.contract.dispatch.responses;
        let mut answered = |case: Case, response: &Response, call: &Call, with: Option<&EnvProbe>| {
            let expected = response.mode.as_str();
            let is_written = response.status.origin == Origin::Written;
            let known = call.runs.iter().any(|run| run.mode() == Some(expected));
            let is_inline = case != Case::Dispatched && call.runs.iter().any(|run| work.begins(run).is_some());
            for run in &call.runs {
                let (body, at) = match &run.answer {
                    Answer::Response(_, body, at) => (body, *at),
                    // A failure that the route lets through is what the platform makes of it: the fault where the
                    // contract's answer is written.
                    Answer::Thrown(_) if is_written && case != Case::Dispatched && run.is_sure() => {
                        match thrown_at(run) {
                            Some(at) => (&Data::Undefined, at),
                            None => continue,
                        }
                    }
                    _ => continue,
                };
                // A run in which something else failed is another case; one that goes elsewhere by the error is not.
                let parts =
                    |other: &Run| other.mode() == Some(expected) && run.course.parts_by(Taint::FAILURE, &other.course);
                let by_error = || case == Case::Failed && call.runs.iter().any(parts);
                let is_sure = run.decisions == 0 || run.mode() == Some(expected) || !known || by_error();
                let is_case = match case {
                    Case::Misconfigured => !job.sends(run) && (run.decisions == 0 || run.mode().is_some()),
                    Case::Dispatched | Case::Failed => job.sends(run),
                };
                let instead = is_inline && work.touches(run);
                if is_sure && is_case && !instead {
                    let is_thrown = matches!(run.answer, Answer::Thrown(_));
                    let status = if is_thrown { Some(THROWN) } else { run.status() };
                    let is_ours = |sent: &&Sent| {
                        sent.name
                            .as_text()
                            .is_none_or(|name| job.events.events.iter().any(|event| event.name.as_str() == name))
                    };
                    let sent = run.sent.iter().filter(is_ours).collect();
                    each(&Answered { job: &job, case, response, status, is_thrown, body, at, sent, with, own: &own });
                }
            }
        };
        for call in job.seen.dispatch.iter().chain(&job.seen.with_query) {
            answered(Case::Dispatched, &responses.dispatched, call, None);
        }
        if job.dispatches() && reads_flag(&job) {
            job.seen
                .misconfigured
                .iter()
                .for_each(|call| answered(Case::Misconfigured, &responses.misconfigured, call, None));
        }
        if let Some(call) = &job.seen.failed {
            answered(Case::Failed, &responses.failed, call, None);
        }
        // What is wrong whatever a variable holds was told by now.
        for probe in &job.seen.varied {
            answered(Case::Dispatched, &responses.dispatched, &probe.call, Some(probe));
        }
    }
}

/// What was told of which offload, and where.
#[derive(Default)]
pub(in crate::conform) struct Told(HashSet<(String, String, Site)>);

impl Told {
    /// Whether this was not told before.
    pub(in crate::conform) fn is_new(&mut self, answered: &Answered<'_>, message: &str, at: Site) -> bool {
        let job = &answered.job.offload.job;
        // What is told of every call is not told of a variable again.
        if answered.with.is_some() && self.0.iter().any(|(known, _, place)| known == job && *place == at) {
            return false;
        }
        self.0.insert((job.clone(), message.to_owned(), at))
    }
}

/// Whether the flag is taken for on wherever the contract says so. Where it is not, that is the fault.
pub(in crate::conform) fn reads_flag(job: &Job<'_>) -> bool {
    let on = job.seen.states.iter().filter(|probe| probe.expected && !matches!(probe.about, About::Spelling(_)));
    on.into_iter().all(|probe| crate::conform::observe::dispatched(&probe.runs, job.contract))
}

/// What an answer says too little or too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::conform) enum Fault {
    Missing,
    Undeclared,
}

/// Reports each field of an answer that is at fault in one way: a rule's whole check.
pub(in crate::conform) fn tell_fields(
    facts: &Facts<'_>,
    findings: &mut Findings<'_>,
    rule: &'static Meta,
    kind: Fault,
    message: &dyn Fn(&str, &str) -> String,
    help: &str,
) {
    let mut told = Told::default();
    each(facts, |answered| {
        if answered.is_feigned() {
            return;
        }
        for (fault, path, at) in faults(answered) {
            let message = message(&answered.when(), &path);
            if fault == kind && told.is_new(answered, &message, at) {
                findings
                    .report_at(rule, facts.location(at), message, help)
                    .offload(&answered.job.offload.job)
                    .also(&answered.response.at, "the answer in the contract");
            }
        }
    });
}

/// The fields of an answer that are missing or too much: whether, the field's path, and where.
fn faults(answered: &Answered<'_>) -> Vec<(Fault, String, Site)> {
    let mut found = Vec::new();
    let (job, response, body) = (answered.job, answered.response, answered.body);
    let own = answered.own.get_or_init(|| sent_otherwise(job));
    let metadata = job.contract.dispatch.metadata.as_str();
    if !response.metadata.is_empty() {
        let wanted: Vec<(&str, bool)> = response.metadata.iter().map(|f| (f.name.as_str(), !f.optional)).collect();
        record(body, metadata, &wanted, answered.at, &mut found);
    }
    // What the event itself lacks or has too much is told there.
    found.retain(|(_, path, _)| path.split_once('.').is_none_or(|(_, name)| !own.contains(name)));
    let fields: Vec<(&str, bool)> = response.event.iter().map(|field| (field_name(*field), true)).collect();
    if !fields.is_empty() {
        match (body.get("event"), body.get("events")) {
            // One entry for each event that was sent, under either name.
            (Data::List(items), _) => entries("event[]", &items, &fields, answered.at, &mut found),
            (Data::Undefined, Data::List(items)) => entries("events[]", &items, &fields, answered.at, &mut found),
            (Data::Undefined, Data::Undefined) if body.is_closed() => {
                let name = if job.events.events.len() > 1 { "events` or the list `event" } else { "event" };
                found.push((Fault::Missing, name.into(), answered.at));
            }
            _ => record(body, "event", &fields, answered.at, &mut found),
        }
    }
    let required =
        response.published_event_ids.as_ref().is_some_and(|p| p.value == crate::contract::Presence::Required);
    if required && body.get("publishedEventIds") == Data::Undefined && matches!(body, Data::Record(..)) {
        found.push((Fault::Missing, "publishedEventIds".into(), answered.at));
    }
    found
}

/// Holds each entry of a list of events against the fields that it should have.
fn entries(name: &str, items: &[Data], fields: &[(&str, bool)], at: Site, found: &mut Vec<(Fault, String, Site)>) {
    for item in items {
        let inside = Data::Record(vec![written(name, item, at)], false);
        record(&inside, name, fields, at, found);
    }
}

fn written(name: &str, value: &Data, at: Site) -> crate::conform::observe::Field {
    crate::conform::observe::Field { name: name.into(), value: value.clone(), at }
}

fn field_name(field: EventField) -> &'static str {
    match field {
        EventField::Name => "name",
        EventField::Id => "id",
    }
}

/// Holds a record of an answer against the fields it should have.
fn record(body: &Data, name: &str, wanted: &[(&str, bool)], at: Site, found: &mut Vec<(Fault, String, Site)>) {
    let here = body.field(name).map_or(at, |field| field.at);
    let value = body.get(name);
    match &value {
        Data::Undefined if matches!(body, Data::Record(..)) => found.push((Fault::Missing, name.into(), here)),
        Data::Record(..) => {
            let missing = wanted.iter().filter(|(field, required)| *required && value.get(field) == Data::Undefined);
            found.extend(missing.map(|(field, _)| (Fault::Missing, format!("{name}.{field}"), here)));
            let more = value.fields().filter(|field| !wanted.iter().any(|(known, _)| *known == &*field.name));
            found.extend(more.map(|field| (Fault::Undeclared, format!("{name}.{}", field.name), field.at)));
        }
        Data::Undefined | Data::Unknown(..) => {}
        // A text has no fields.
        _ => {
            let missing = wanted.iter().filter(|(_, required)| *required);
            found.extend(missing.map(|(field, _)| (Fault::Missing, format!("{name}.{field}"), here)));
        }
    }
}

/// Fields in which the data of the events itself differs from the payload.
fn sent_otherwise(job: &Job<'_>) -> HashSet<String> {
    let mut found = HashSet::default();
    for sending in job.dispatched() {
        let fields = payloads::fields(job.contract, job.offload, &sending.event.payload.value);
        for fault in payloads::faults(job.contract, &fields, &sending.sent.data) {
            if matches!(fault.what, What::Missing(_) | What::Undeclared) {
                found.insert(fault.path);
            }
        }
    }
    found
}
