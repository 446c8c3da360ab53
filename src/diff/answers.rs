//! The answers of the dispatch branch on both sides.

use super::{Changes, Delta, Evolution};
use crate::contract::{Contract, Event, Offload, Origin, Presence, Response, Sourced};
use crate::pointer::Pointer;

/// The three answers.
pub(super) fn responses<'c>(evolution: &Evolution<'c>) -> Vec<Delta<'c, Response>> {
    let responses =
        evolution.contract.part("dispatch", |c| Some(&c.dispatch)).part("responses", |d| Some(&d.responses));
    let Some((old, new)) = responses.both() else { return Vec::new() };
    let pairs = old.each().into_iter().zip(new.each());
    pairs
        .map(|((name, old), (_, new))| {
            let mut delta = responses.with(Some(old), Some(new));
            delta.path = responses.path.key(name);
            delta.was_at = old.at.clone();
            delta.is_at = new.at.clone();
            delta.label = name.to_owned();
            delta
        })
        .collect()
}

/// A field of answers that differs: whether it may be absent, on each side that has it.
#[derive(Debug)]
pub(super) struct AnswerField<'c> {
    /// The answers, in words.
    pub(super) answers: String,
    /// The field, with what it stands under.
    pub(super) name: String,
    pub(super) delta: Delta<'c, bool>,
    /// The paths of the other answers that differ in the same way at the same place.
    others: Vec<Pointer>,
}

impl AnswerField<'_> {
    /// Accounts for the answers after the first.
    pub(super) fn account(&self, changes: &mut Changes<'_>) {
        self.others.iter().for_each(|path| changes.account(path));
    }
}

/// The fields of the answers that differ, and the paths of those that differ in words only.
pub(super) fn response_fields<'c>(evolution: &Evolution<'c>) -> (Vec<AnswerField<'c>>, Vec<Pointer>) {
    let (mut out, mut idle): (Vec<AnswerField<'c>>, Vec<Pointer>) = (Vec::new(), Vec::new());
    for response in responses(evolution) {
        let Some((old, new)) = response.both() else { continue };
        let mut found: Vec<(String, Delta<'c, bool>)> = Vec::new();
        let came = new.metadata.iter().filter(|field| !old.metadata.iter().any(|f| f.name.value == field.name.value));
        for field in old.metadata.iter().chain(came) {
            let delta = metadata(&response, &field.name);
            if delta.old == delta.new {
                continue;
            }
            if is_built_in(old, new, &field.name) && !reaches_an_answer(evolution, &field.name) {
                idle.push(delta.path);
                continue;
            }
            found.push((format!("{}.{}", evolution.new.dispatch.metadata.value, field.name.value), delta));
        }
        let came = new.event.iter().filter(|field| !old.event.contains(field));
        for field in old.event.iter().chain(came) {
            let word = super::words::shown(field);
            let mut delta = response.part("event", |response| response.event.contains(field).then_some(&false));
            delta.path = delta.path.key(&word);
            delta.was_at = old.event.at.clone();
            delta.is_at = new.event.at.clone();
            found.push((format!("event.{word}"), delta));
        }
        let ids = response.part("publishedEventIds", |response| response.published_event_ids.as_ref()).unwrapped();
        let optional = |presence: &Presence| if *presence == Presence::Optional { &true } else { &false };
        found.push(("publishedEventIds".to_owned(), ids.with(ids.old.map(optional), ids.new.map(optional))));
        for (name, delta) in found.into_iter().filter(|(_, delta)| delta.old != delta.new) {
            let alike = out.iter_mut().find(|known| {
                let sides = |d: &Delta<'c, bool>| (d.old, d.new, d.was_at.clone(), d.is_at.clone());
                known.name == name && sides(&known.delta) == sides(&delta)
            });
            match alike {
                Some(known) => {
                    known.answers.push_str(&format!(", `{}`", response.label));
                    known.others.push(delta.path);
                }
                None => {
                    out.push(AnswerField { answers: format!("`{}`", response.label), name, delta, others: Vec::new() })
                }
            }
        }
    }
    (out, idle)
}

fn metadata<'c>(response: &Delta<'c, Response>, name: &Sourced<String>) -> Delta<'c, bool> {
    let find = |side: Option<&'c Response>| side?.metadata.iter().find(|field| field.name.value == name.value);
    let (was, is) = (find(response.old), find(response.new));
    let mut delta = response.with(was.map(|field| &field.optional), is.map(|field| &field.optional));
    delta.path = response.path.key("metadata").key(name);
    delta.was_at = was.map_or_else(|| response.was_at.clone(), |field| field.name.at.clone());
    delta.is_at = is.map_or_else(|| response.is_at.clone(), |field| field.name.at.clone());
    delta
}

/// Nobody wrote the field into the answer: it follows from the payloads.
fn is_built_in(old: &Response, new: &Response, name: &str) -> bool {
    let mut all = old.metadata.iter().chain(&new.metadata).filter(|field| field.name.value == name);
    all.all(|field| field.name.origin == Origin::BuiltIn)
}

/// Whether an offload that is on both sides answers with the field on one of them only. What follows
/// from all payloads together changes with each of them, for whom it does not concern as well.
fn reaches_an_answer(evolution: &Evolution<'_>, name: &str) -> bool {
    let has = |contract: &Contract, offload: &Offload| -> Vec<Option<bool>> {
        let fields = |event: &Event| {
            let payload = contract.payloads.get(&event.payload.value)?;
            payload.fields.iter().find(|field| field.name == name && field.from.is_some()).map(|field| field.optional)
        };
        offload.events().map(fields).collect()
    };
    evolution.old.offloads.iter().any(|(job, old)| {
        let new = evolution.new.offloads.get(evolution.renames.job(job));
        new.is_some_and(|new| has(evolution.old, old) != has(evolution.new, new))
    })
}
