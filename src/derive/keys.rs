//! The dispatch key and the event ids of one call.

use super::{Duration, Instant, ValueName, canonical_json, params_hash};
use crate::contract::{Event, Events, Offload};

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
    let call = Moment::of(offload, events, at, size, given, uuid);
    let dispatch_key = events.dispatch_key.render(&|name| call.value(name))?;
    let ids =
        events.events.iter().map(|event| call.event_id(event, &dispatch_key).map(|id| (event.name.value.clone(), id)));
    let ids = ids.collect::<Option<Vec<_>>>()?;
    Some(Derived { window: call.window, params: call.params, dispatch_key, events: ids })
}

/// The id of one event of a call that has this dispatch key, whether or not the contract derives it.
pub fn event_id(
    offload: &Offload,
    events: &Events,
    event: &Event,
    dispatch_key: &str,
    at: Instant,
    given: &[(String, String)],
) -> Option<String> {
    Moment::of(offload, events, at, None, given, "").event_id(event, dispatch_key)
}

/// What is known of one call before its key.
struct Moment<'c> {
    offload: &'c Offload,
    source: &'c str,
    at: Instant,
    window: Option<(Instant, Duration)>,
    params: Option<String>,
    uuid: &'c str,
}

impl<'c> Moment<'c> {
    fn of(
        offload: &'c Offload,
        events: &'c Events,
        at: Instant,
        size: Option<Duration>,
        given: &[(String, String)],
        uuid: &'c str,
    ) -> Self {
        let window = offload.window.as_ref().map(|window| {
            let size = size.unwrap_or_else(|| window.default_size());
            (at.floor(size), size)
        });
        let params = offload.params.as_ref().and_then(|params| canonical_json(&params.sorted(), given));
        Self { offload, source: &events.source.value, at, window, params, uuid }
    }

    fn value(&self, name: ValueName) -> Option<String> {
        match name {
            ValueName::Job => Some(self.offload.job.clone()),
            ValueName::Source => Some(self.source.to_owned()),
            ValueName::Window => self.window.map(|(start, _)| start.minute()),
            ValueName::WindowStart => self.window.map(|(start, _)| start.iso()),
            ValueName::WindowSeconds => self.window.map(|(_, size)| size.seconds().to_string()),
            ValueName::ParamsHash => {
                let hash = self.offload.params.as_ref()?;
                self.params.as_ref().map(|json| params_hash(json, hash.hex_length.value))
            }
            ValueName::Now => Some(self.at.iso()),
            ValueName::Uuid => Some(self.uuid.to_owned()),
            _ => None,
        }
    }

    fn event_id(&self, event: &Event, dispatch_key: &str) -> Option<String> {
        event.event_id.render(&|name| match name {
            ValueName::DispatchKey => Some(dispatch_key.to_owned()),
            ValueName::Event => Some(event.name.value.clone()),
            name => self.value(name),
        })
    }
}
