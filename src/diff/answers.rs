//! The answers of the dispatch branch on both sides.

use super::{Delta, Evolution};
use crate::contract::{Presence, Response};

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

/// A field of an answer: whether it may be absent, on each side that has it.
#[derive(Debug)]
pub(super) struct AnswerField<'c> {
    pub(super) response: &'static str,
    pub(super) name: String,
    pub(super) delta: Delta<'c, bool>,
}

/// The fields of the answers that differ.
pub(super) fn response_fields<'c>(evolution: &Evolution<'c>) -> Vec<AnswerField<'c>> {
    let names = evolution.new.dispatch.responses.each().map(|(name, _)| name);
    let mut out = Vec::new();
    for (response, name) in responses(evolution).iter().zip(names) {
        let Some((old, new)) = response.both() else { continue };
        let mut all: Vec<(String, Delta<'c, bool>)> = Vec::new();
        let came = new.metadata.iter().filter(|field| !old.metadata.iter().any(|f| f.name.value == field.name.value));
        for field in old.metadata.iter().chain(came) {
            let field = field.name.as_str();
            let delta = response.part("metadata", |response| response.metadata.iter().find(|f| f.name.value == field));
            let at = |side: Option<&crate::contract::MetadataField>| side.map(|field| field.name.at.clone());
            let mut optional = delta.with(delta.old.map(|f| &f.optional), delta.new.map(|f| &f.optional));
            optional.path = delta.path.key(field);
            optional.was_at = at(delta.old).unwrap_or_else(|| response.was_at.clone());
            optional.is_at = at(delta.new).unwrap_or_else(|| response.is_at.clone());
            all.push((format!("{}.{field}", evolution.new.dispatch.metadata.value), optional));
        }
        let came = new.event.iter().filter(|field| !old.event.contains(field));
        for field in old.event.iter().chain(came) {
            let word = super::words::shown(field);
            let has = |response: &'c Response| response.event.contains(field).then_some(&false);
            let mut delta = response.part("event", has);
            delta.path = delta.path.key(&word);
            delta.was_at = old.event.at.clone();
            delta.is_at = new.event.at.clone();
            all.push((format!("event.{word}"), delta));
        }
        let ids = response.part("publishedEventIds", |response| response.published_event_ids.as_ref()).unwrapped();
        let optional = |presence: &Presence| if *presence == Presence::Optional { &true } else { &false };
        all.push(("publishedEventIds".to_owned(), ids.with(ids.old.map(optional), ids.new.map(optional))));
        let differ = all.into_iter().filter(|(_, delta)| delta.old != delta.new);
        out.extend(differ.map(|(field, delta)| AnswerField { response: name, name: field, delta }));
    }
    out
}
