//! One offload as a spec has it.

use super::draft::{Draft, Event, Offload};
use super::write::accepted;
use super::yaml::{Entry, Node, scalar, wrapped};

/// The widest line of a comment.
const WIDTH: usize = 74;

/// An offload with all that is claimed of it.
pub(super) fn offload(draft: &Draft, one: &Offload) -> Entry {
    let text = |key: &str, value: &str| Entry::new(key, Node::Scalar(scalar(value)));
    let kind = if one.schedule.is_some() { "cron" } else { "webhook" };
    let seen = &one.seen;
    let mut parts = vec![text("status", "existing"), text("kind", kind), text("route", &one.route)];
    parts.push(Entry::new("methods", Node::texts(one.methods.iter().copied())));
    match &one.schedule {
        Some(schedule) => parts.push(text("schedule", schedule)),
        None => {
            let what = "not known: who calls it; no schedule does, so another system is assumed";
            parts[1].before.extend(wrapped(what, WIDTH));
        }
    }
    if let Some(window) = seen.key.as_ref().and_then(|key| key.window) {
        parts.push(Entry::new("window", Node::Scalar(window.to_string())));
    }
    let source = seen.source.clone().unwrap_or_else(|| format!("{kind}/{}", one.job));
    let mut source = text("source", &source);
    if seen.source.is_none() {
        source = source.with(["not known: no event carries its source; this is the default name".to_owned()]);
    }
    parts.push(source);
    parts.push(text("payload", &one.payload));
    if !seen.params.is_empty() {
        let mut params = vec![("allow".to_owned(), Node::texts(seen.params.iter().map(String::as_str)))];
        if let Some(hash) = &seen.hash {
            let hash = [("algorithm", "sha256".to_owned()), ("hexLength", hash.length.to_string())];
            let hash = hash.map(|(key, value)| (key.to_owned(), Node::Scalar(value)));
            params.push(("hash".to_owned(), Node::flow(hash.to_vec())));
        }
        parts.push(Entry::new("params", Node::flow(params)));
    }
    let hash = seen.hash.as_ref().map(|hash| hash.part.as_str()).unwrap_or_default();
    match &seen.key {
        Some(key) => parts.push(text("dispatchKey", &format!("{}{hash}", key.pattern))),
        None => {
            parts.push(text("dispatchKey", "{source}").with(["not known: how the code makes its own key".to_owned()]))
        }
    }
    match one.events.as_slice() {
        [event] => {
            parts.push(text("event", &event.name).with(constant(event)));
            parts.push(event_id(event));
            parts.extend(flag(one));
            parts.push(function(draft, one, event));
        }
        events => {
            parts.extend(flag(one));
            let events = events.iter().map(|event| {
                let value = Node::Map(vec![event_id(event), function(draft, one, event)]);
                Entry::new(&event.name, value).with(constant(event))
            });
            parts.push(Entry::new("events", Node::Map(events.collect())));
        }
    }
    parts.push(Entry::new("owners", Node::texts(one.owners.iter().map(String::as_str))));
    if !one.accepted.is_empty() {
        parts.push(Entry::new("allow", accepted(&one.accepted)));
    }
    let unknown = seen.unknown.iter().flat_map(|what| wrapped(&format!("not known: {what}"), WIDTH));
    Entry::new(&one.job, Node::Map(parts)).with(unknown)
}

fn constant(event: &Event) -> Vec<String> {
    let constant = event.constant.iter();
    constant.flat_map(|(name, file)| wrapped(&format!("{name} of {file}"), WIDTH)).collect()
}

fn event_id(event: &Event) -> Entry {
    match &event.id {
        Some(id) => Entry::new("eventId", Node::Scalar(scalar(id))),
        None => Entry::new("eventId", Node::Scalar(scalar("{event}:{dispatchKey}")))
            .with(["not known: how the code makes its own event id, if it sends one".to_owned()]),
    }
}

fn flag(one: &Offload) -> Option<Entry> {
    let flag = one.seen.flag.as_ref().filter(|flag| flag.condition.is_some())?;
    Some(Entry::new("flag", Node::Scalar(scalar(&flag.name))))
}

fn function(draft: &Draft, one: &Offload, event: &Event) -> Entry {
    let Some(seen) = &event.function else {
        let id = format!("{}-{}", if one.schedule.is_some() { "cron" } else { "webhook" }, one.job);
        let names = [("id", id.clone()), ("jobName", id)];
        let names = names.map(|(key, value)| (key.to_owned(), Node::Scalar(scalar(&value))));
        return Entry::new("function", Node::flow(names.to_vec()))
            .with(["not known: no function that this event triggers was found".to_owned()]);
    };
    let mut parts = vec![Entry::new("id", Node::Scalar(scalar(&seen.id)))];
    let mut job = Entry::new("jobName", Node::Scalar(scalar(seen.job.as_ref().unwrap_or(&seen.id))));
    if seen.job.is_none() {
        let why = if draft.writer.is_some() {
            "no status record of it was found"
        } else {
            "no status is written; this is \
                                                                                     the function's id"
        };
        job = job.with([format!("not known: {why}")]);
    }
    parts.push(job);
    parts.extend(seen.options.iter().map(|(key, value)| Entry::new(key, value.clone())));
    let unknown = seen.unknown.iter().flat_map(|what| wrapped(&format!("not known: {what}"), WIDTH));
    Entry::new("function", Node::Map(parts)).with(unknown)
}
