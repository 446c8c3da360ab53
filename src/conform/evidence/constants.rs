//! Names of events, and the constants that hold them.

use crate::contract::{Contract, Event};

/// Whether the contract speaks of an event: as one that is sent, or as one that cancels runs.
pub(in crate::conform) fn known(contract: &Contract, name: &str) -> bool {
    contract.events().any(|(_, event)| {
        let cancels = event.function.cancel_on.iter().flat_map(|cancel| &cancel.value);
        event.name.value == name || cancels.into_iter().any(|cancel| cancel.event.value == name)
    })
}

/// The event whose constant has this name.
pub(in crate::conform) fn named<'c>(contract: &'c Contract, constant: &str) -> Option<&'c Event> {
    contract.events().map(|(_, event)| event).find(|event| event.constant.value == constant)
}
