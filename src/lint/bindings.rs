//! Payload fields by what the dispatcher fills them with, over the events of generated offloads.

use std::collections::HashSet;

use crate::contract::{Binding, Contract, Offload, Payload};

/// The payloads of generated events, each once, with the first offload that sends it.
pub(super) fn generated_payloads(contract: &Contract) -> Vec<(&Payload, &Offload)> {
    let mut seen = HashSet::new();
    let events = contract.generated().flat_map(|offload| offload.events().map(move |event| (offload, event)));
    let new = events.filter(|(_, event)| seen.insert(event.payload.as_str()));
    new.filter_map(|(offload, event)| Some((contract.payloads.get(&event.payload.value)?, offload))).collect()
}

/// The names of the fields that are bound to a value.
pub(super) fn bound(payload: &Payload, binding: Binding) -> impl Iterator<Item = &str> {
    let fields = payload.fields.iter();
    fields.filter(move |f| f.from.as_ref().is_some_and(|from| from.value == binding)).map(|field| field.name.as_str())
}

/// For each payload that binds a field to one of these values and of which no such field is in
/// `present`: the name of the field. Each name once.
pub(super) fn absent<'c>(
    payloads: &[(&'c Payload, &'c Offload)],
    bindings: &[Binding],
    present: &HashSet<&str>,
) -> Vec<&'c str> {
    let mut out: Vec<&str> = Vec::new();
    for binding in bindings {
        for (payload, _) in payloads {
            let mut names = bound(payload, *binding).peekable();
            let Some(first) = names.peek().copied() else { continue };
            if !names.any(|name| present.contains(name)) && !out.contains(&first) {
                out.push(first);
            }
        }
    }
    out
}

/// `a`, `b` and `c`.
pub(super) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        Some(last) if names.is_empty() => last,
        Some(last) => format!("{} and {last}", names.join(", ")),
        None => String::new(),
    }
}
