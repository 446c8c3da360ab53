//! Links between pages and inside them: one place knows which heading describes a thing.

use std::collections::HashMap;

use super::anchors::Anchors;
use super::inline::{code, link};
use crate::contract::Contract;
use crate::markdown::one_line;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    Readme,
    Contract,
    Flags,
    Events,
    Runbook,
    Gates,
}

impl Page {
    pub(super) const ALL: [Self; 6] =
        [Self::Readme, Self::Contract, Self::Flags, Self::Events, Self::Runbook, Self::Gates];

    /// Its file in the folder of the documents.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Readme => "README.md",
            Self::Contract => "contract.md",
            Self::Flags => "flags.md",
            Self::Events => "events.md",
            Self::Runbook => "runbook.md",
            Self::Gates => "gates.md",
        }
    }
}

/// The anchors of everything that has a heading.
#[derive(Debug)]
pub(super) struct Links {
    offloads: HashMap<String, String>,
    flags: HashMap<String, String>,
    events: HashMap<String, String>,
    payloads: HashMap<String, String>,
}

/// The headings of things; what stands before the name keeps their anchors apart from all others.
pub(super) const OFFLOAD: &str = "Offload";
pub(super) const FLAG: &str = "Flag";
pub(super) const EVENT: &str = "Event";
pub(super) const PAYLOAD: &str = "Payload";

impl Links {
    pub(super) fn new(contract: &Contract) -> Self {
        Self {
            offloads: anchors(OFFLOAD, contract.offloads.keys()),
            flags: anchors(FLAG, contract.flags.keys()),
            events: anchors(EVENT, contract.events().map(|(_, event)| &event.name.value)),
            payloads: anchors(PAYLOAD, contract.payloads.keys()),
        }
    }

    /// The anchors of the headings of offloads, flags, events and payloads.
    pub(super) fn anchor(&self, kind: &str, name: &str) -> String {
        let anchors = match kind {
            OFFLOAD => &self.offloads,
            FLAG => &self.flags,
            EVENT => &self.events,
            _ => &self.payloads,
        };
        anchors.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn offload(&self, job: &str, from: Page) -> String {
        reference(&self.offloads, job, Page::Contract, from)
    }

    pub(super) fn flag(&self, name: &str, from: Page) -> String {
        reference(&self.flags, name, Page::Flags, from)
    }

    pub(super) fn event(&self, name: &str, from: Page) -> String {
        reference(&self.events, name, Page::Events, from)
    }

    pub(super) fn payload(&self, name: &str, from: Page) -> String {
        reference(&self.payloads, name, Page::Events, from)
    }
}

fn anchors<'n>(kind: &str, names: impl Iterator<Item = &'n String>) -> HashMap<String, String> {
    let mut anchors = Anchors::default();
    let mut out = HashMap::new();
    for name in names {
        let anchor = anchors.take(&format!("{kind} {}", one_line(name)));
        out.entry(name.clone()).or_insert(anchor);
    }
    out
}

/// A link to the heading of a name; code alone for a name that has none.
fn reference(anchors: &HashMap<String, String>, name: &str, page: Page, from: Page) -> String {
    match anchors.get(name) {
        Some(anchor) => {
            let file = if page == from { "" } else { page.file() };
            link(&code(name), &[file, "#", anchor].concat())
        }
        None => code(name),
    }
}
