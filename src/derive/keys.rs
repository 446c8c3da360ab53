//! The dispatch key and the event ids of one call.

use super::{Duration, Instant, ValueName, canonical_json, params_hash};
use crate::contract::{Events, Offload};

/// What a dispatcher derives from one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// Start and size of the window; `None` for an offload without one.
    pub window: Option<(Instant, Duration)>,
    /// Canonical JSON of the parameters that count; `None` without any.
    pub params: Option<String>,
    /// The dispatch key.
    pub dispatch_key: String,
    /// Event names with their ids.
    pub events: Vec<(String, String)>,
}

/// Derives key and ids of a call at `at` with the query parameters `given`.
///
/// `size` is the size of the window where the environment may set it. `uuid` stands for the random
/// value, which no deterministic key should name. `None` when the key needs a value that the call
/// does not have: parameters outside of an optional part.
pub fn derive(
    offload: &Offload,
    events: &Events,
    at: Instant,
    size: Option<Duration>,
    given: &[(String, String)],
    uuid: &str,
) -> Option<Derived> {
    let window = offload.window.as_ref().map(|window| {
        let size = size.unwrap_or_else(|| window.default_size());
        (at.floor(size), size)
    });
    let params = offload.params.as_ref().and_then(|params| canonical_json(&params.sorted(), given));
    let value = |name: ValueName| match name {
        ValueName::Job => Some(offload.job.clone()),
        ValueName::Source => Some(events.source.value.clone()),
        ValueName::Window => window.map(|(start, _)| start.minute()),
        ValueName::WindowStart => window.map(|(start, _)| start.iso()),
        ValueName::WindowSeconds => window.map(|(_, size)| size.seconds().to_string()),
        ValueName::ParamsHash => {
            let hash = offload.params.as_ref()?;
            params.as_ref().map(|json| params_hash(json, hash.hex_length.value))
        }
        ValueName::Now => Some(at.iso()),
        ValueName::Uuid => Some(uuid.to_owned()),
        _ => None,
    };
    let dispatch_key = events.dispatch_key.render(&value)?;
    let ids = events.events.iter().map(|event| {
        let with_key = |name: ValueName| match name {
            ValueName::DispatchKey => Some(dispatch_key.clone()),
            ValueName::Event => Some(event.name.value.clone()),
            name => value(name),
        };
        event.event_id.render(&with_key).map(|id| (event.name.value.clone(), id))
    });
    let ids = ids.collect::<Option<Vec<_>>>()?;
    Some(Derived { window, params, dispatch_key, events: ids })
}
