//! How a route answers: the status, the mode, and what the body holds beside it.

use crate::conform::observe::{Answer, Data, Run};

/// An answer that was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Answered {
    /// Its status.
    pub(super) status: u16,
    /// Its mode.
    pub(super) mode: String,
    /// The field that holds what was dispatched.
    pub(super) metadata: Option<String>,
    /// What that holds; whether it may be absent.
    pub(super) dispatch: Vec<(String, bool)>,
    /// What is said of the event.
    pub(super) event: Vec<&'static str>,
    /// The ids that the SDK returned: whether they are always there.
    pub(super) ids: Option<bool>,
}

/// The answer of runs; `fields` are those of the payload. None when they have no mode.
pub(super) fn answered<'r>(runs: impl Iterator<Item = &'r Run>, fields: &[&str]) -> Option<Answered> {
    let mut all = runs.filter_map(|run| one(run, fields));
    let mut first = all.next()?;
    for other in all.filter(|other| (other.status, &other.mode) == (first.status, &first.mode)).collect::<Vec<_>>() {
        first.with(&other);
    }
    Some(first)
}

impl Answered {
    /// Both: what one of them does not say may be absent.
    pub(super) fn with(&mut self, other: &Self) {
        for (name, _) in &other.dispatch {
            if !self.dispatch.iter().any(|(known, _)| known == name) {
                self.dispatch.push((name.clone(), true));
            }
        }
        for (name, is_optional) in &mut self.dispatch {
            *is_optional |= !other.dispatch.iter().any(|(known, may)| known == name && !may);
        }
        self.event.retain(|said| other.event.contains(said));
        self.ids = match (self.ids, other.ids) {
            (None, None) => None,
            (Some(true), Some(true)) => Some(true),
            _ => Some(false),
        };
    }
}

fn one(run: &Run, fields: &[&str]) -> Option<Answered> {
    let (Some(status), Some(mode), Answer::Response(_, body, _)) = (run.status(), run.mode(), &run.answer) else {
        return None;
    };
    let holds = |value: &Data| value.fields().filter(|field| fields.contains(&&*field.name)).count();
    let metadata = body.fields().filter(|field| holds(&field.value) > 0).max_by_key(|field| holds(&field.value));
    let dispatch = metadata.iter().flat_map(|field| field.value.fields()).map(|field| (field.name.to_string(), false));
    let event = match body.field("events").map(|field| &field.value) {
        Some(Data::List(items)) => items.first().cloned().unwrap_or(Data::Undefined),
        _ => body.get("event"),
    };
    let event = ["name", "id"].into_iter().filter(|name| event.field(name).is_some()).collect();
    Some(Answered {
        status,
        mode: mode.to_owned(),
        metadata: metadata.map(|field| field.name.to_string()),
        dispatch: dispatch.collect(),
        event,
        ids: body.field("publishedEventIds").map(|_| true),
    })
}
