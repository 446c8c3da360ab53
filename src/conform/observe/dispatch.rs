//! Which runs of a route ask Inngest for a run.

use super::data::Data;
use super::run::{Answer, Run};
use crate::contract::{Binding, Contract, Field};

/// Whether one of the runs went to the dispatch: it sends, or answers as only a dispatch does.
pub fn dispatched(runs: &[Run], contract: &Contract) -> bool {
    let is_dispatch = |mode: &str| contract.dispatch.responses.each().iter().any(|(_, r)| r.mode.value == mode);
    runs.iter().any(|run| {
        let told = match &run.answer {
            Answer::Response(_, body, _) => {
                let metadata = body.field(&contract.dispatch.metadata.value);
                metadata.is_some_and(|field| matches!(field.value, Data::Record(..)))
            }
            _ => false,
        };
        told || dispatches(run, contract) || run.mode().is_some_and(is_dispatch)
    })
}

/// Whether a run sends what asks for a run. An event that the work sends on its own way does not: the
/// contract does not know it, and it carries no dispatch key.
pub fn dispatches(run: &Run, contract: &Contract) -> bool {
    let is_key = |field: &Field| field.from.as_ref().is_some_and(|from| from.value == Binding::DispatchKey);
    run.sent.iter().any(|sent| match sent.name.as_text() {
        None => true,
        Some(name) => {
            let mut keys = contract.payloads.values().flat_map(|payload| &payload.fields).filter(|field| is_key(field));
            keys.any(|key| sent.data.field(&key.name).is_some())
                || contract.events().any(|(_, event)| event.name.value == name)
        }
    })
}
