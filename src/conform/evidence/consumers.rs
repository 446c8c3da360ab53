//! Inngest functions as readers of events: which fields they read, and how.

use super::payloads;
use crate::conform::facts::Facts;
use crate::conform::observe::{FunctionFacts, Run};
use crate::conform::program::{Site, Text};
use crate::contract::{Contract, Event, Field, Offload};

/// A function of the application with the events of the contract that trigger it.
pub(in crate::conform) struct Consumer<'f> {
    pub(in crate::conform) function: &'f FunctionFacts,
    pub(in crate::conform) events: Vec<(&'f Offload, &'f Event)>,
    /// Whether something else may trigger it as well.
    pub(in crate::conform) open: bool,
}

/// Every function that an event of the contract triggers.
pub(in crate::conform) fn consumers<'f>(facts: &'f Facts<'_>) -> Vec<Consumer<'f>> {
    let of = |function: &'f FunctionFacts| {
        let mut events = Vec::new();
        let mut open = false;
        for trigger in &function.triggers {
            let name = trigger.get("event");
            let known = facts.contract.events().find(|(_, event)| Some(event.name.as_str()) == name.as_text());
            match known {
                Some(pair) => events.push(pair),
                None => open = true,
            }
        }
        Consumer { function, events, open }
    };
    // Functions without a known id cannot be told apart where one place defines several.
    let known = facts.functions.iter().filter(|function| function.id.as_text().is_some());
    known.map(of).filter(|consumer| !consumer.events.is_empty()).collect()
}

impl<'f> Consumer<'f> {
    /// What handler and failure handler do.
    pub(in crate::conform) fn runs(&self) -> impl Iterator<Item = &'f Run> {
        self.function.runs.iter().chain(self.function.failure.iter().flatten())
    }

    /// The field of this name that every one of its events has, or none that one has.
    pub(in crate::conform) fn fields(&self, contract: &'f Contract, name: &str) -> Vec<Option<&'f Field>> {
        let of = |(offload, event): &(&'f Offload, &'f Event)| {
            let fields = payloads::fields(contract, offload, &event.payload.value);
            fields.into_iter().find(|field| field.name == name)
        };
        self.events.iter().map(of).collect()
    }

    /// Its id, for people.
    pub(in crate::conform) fn name(&self) -> String {
        self.function.id.show()
    }
}

/// Reads of fields, each once with the function that reads: those for which `is_fault` holds in every
/// function that reads at that place. Shared code serves functions of several payloads.
pub(in crate::conform) fn reads<'f>(
    consumers: &'f [Consumer<'f>],
    of: impl Fn(&'f Run) -> &'f [(Text, Site)],
    is_fault: impl Fn(&Consumer<'f>, &str) -> bool,
) -> Vec<(&'f Consumer<'f>, &'f Text, Site)> {
    let mut found: Vec<(&Consumer<'f>, &Text, Site)> = Vec::new();
    let mut fine: Vec<(&Text, Site)> = Vec::new();
    for consumer in consumers {
        for (name, at) in consumer.runs().flat_map(&of) {
            if &**name == "*" || name.starts_with('[') {
                continue;
            }
            if !is_fault(consumer, name) {
                fine.push((name, *at));
            } else if !found.iter().any(|(by, known, place)| {
                (by.function.at, &by.function.id, *known, *place)
                    == (consumer.function.at, &consumer.function.id, name, *at)
            }) {
                found.push((consumer, name, *at));
            }
        }
    }
    found.retain(|(_, name, at)| !fine.contains(&(*name, *at)));
    found
}
