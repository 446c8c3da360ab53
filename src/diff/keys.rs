//! Windows, keys, ids and parameters on both sides.

use super::{Delta, Evolution};
use crate::contract::{Delivery, Event, Events, Offload, Window};
use crate::derive::{Duration, Part, Pattern};
use crate::pointer::Pointer;

/// The window, where its size differs, with both sizes.
pub(super) fn window<'c>(offload: &Delta<'c, Offload>) -> Option<(Delta<'c, Window>, Duration, Duration)> {
    let window = offload.value("window", |offload| offload.window.as_ref())?;
    let (was, is) = window.both()?;
    let (was, is) = (was.default_size(), is.default_size());
    Some((window, was, is))
}

/// Source, key and events, where both sides send events.
pub(super) fn events<'c>(offload: &Delta<'c, Offload>) -> Option<Delta<'c, Events>> {
    let mut events = offload.with(offload.old.and_then(Offload::dispatch), offload.new.and_then(Offload::dispatch));
    events.both()?;
    events.path = offload.path.key("delivery").key("events");
    Some(events)
}

/// Whether the work leaves the request path as it did: as events or through a queue.
pub(super) fn still_delivers(offload: &Delta<'_, Offload>) -> bool {
    let is_queue = |offload: &Offload| matches!(offload.delivery, Delivery::Queue(_));
    offload.both().is_some_and(|(old, new)| is_queue(old) == is_queue(new))
}

/// Whether the id is derived as before, and differs by the name of the event alone.
pub(super) fn id_only_follows_name(event: &Delta<'_, Event>) -> bool {
    let Some((old, new)) = event.both() else { return false };
    let (was, is) = (old.event_id.to_string(), new.event_id.to_string());
    old.name.value != new.name.value && was.replace(&old.name.value, &new.name.value) == is
}

/// Whether the function refuses repeated work by a key that is the same on both sides.
pub(super) fn is_idempotent(event: &Delta<'_, Event>) -> bool {
    event.both().is_some_and(|(old, new)| {
        let key = |event: &Event| event.function.idempotency.as_ref().map(|key| key.value.clone());
        key(old).is_some() && key(old) == key(new)
    })
}

/// The parameters that came or went: their offload at its `params`, whether they are gone, name and
/// place.
pub(super) fn parameters<'c>(evolution: &Evolution<'c>) -> Vec<(Delta<'c, Offload>, bool, String, Pointer)> {
    let mut out = Vec::new();
    for offload in evolution.offloads.both.iter().filter(|offload| still_delivers(offload)) {
        let names = |side: Option<&'c Offload>| -> Vec<(&'c str, &'c Pointer)> {
            let params = side.and_then(|offload| offload.params.as_ref());
            params.into_iter().flat_map(|params| &params.allow).map(|name| (name.as_str(), &name.at)).collect()
        };
        let (old, new) = (names(offload.old), names(offload.new));
        let base = Delta {
            path: offload.path.key("params"),
            was_at: offload.was_at.key("params"),
            is_at: offload.is_at.key("params"),
            ..offload.clone()
        };
        for (these, others, gone) in [(&old, &new, true), (&new, &old, false)] {
            for (name, at) in these.iter().filter(|(name, _)| !others.iter().any(|(other, _)| other == name)) {
                out.push((base.clone(), gone, (*name).to_owned(), (*at).clone()));
            }
        }
    }
    out
}

/// The routes of offloads that are on one side only.
pub(super) fn routes<'c>(offloads: &[Delta<'c, Offload>]) -> Vec<&'c str> {
    offloads.iter().filter_map(|offload| offload.new.or(offload.old)).map(|offload| offload.route.as_str()).collect()
}

/// Whether only parts that not every call has differ: the keys of the other calls stay.
pub(super) fn same_without_optional(key: &Delta<'_, Pattern>) -> bool {
    let always = |pattern: &Pattern| -> Vec<Part> {
        pattern.parts.iter().filter(|part| !matches!(part, Part::Optional(_))).cloned().collect()
    };
    key.both().is_some_and(|(was, is)| always(was) == always(is))
}
