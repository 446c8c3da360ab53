//! Markdown documents for reviewers and operators. One page a file: a typed view in which every text
//! is Markdown already, and a template that only prints it.

mod anchors;
mod answers;
mod contract;
mod environment;
mod events;
mod flags;
mod gates;
mod links;
mod load;
mod mermaid;
mod offload;
mod picture;
mod readme;
mod runbook;
mod table;
mod words;

use serde::Serialize;

use super::{Emission, EmitError, Emitter};
use crate::artifact::{Artifact, Style};
use crate::contract::{Contract, RelPath};
use crate::markdown;
use crate::pointer::Pointer;
use links::{Links, Page};

/// The emitters.
pub(super) static README: Emitter = Emitter {
    name: "README.md",
    folders,
    emit: |emission| page(emission, Page::Readme, Pointer::root(), readme::view),
};
pub(super) static CONTRACT: Emitter = Emitter {
    name: "contract.md",
    folders,
    emit: |emission| page(emission, Page::Contract, Pointer::root().key("offloads"), contract::view),
};
pub(super) static FLAGS: Emitter = Emitter {
    name: "flags.md",
    folders,
    emit: |emission| page(emission, Page::Flags, Pointer::root().key("flags"), flags::view),
};
pub(super) static EVENTS: Emitter = Emitter {
    name: "events.md",
    folders,
    emit: |emission| page(emission, Page::Events, Pointer::root().key("offloads"), events::view),
};
pub(super) static RUNBOOK: Emitter = Emitter {
    name: "runbook.md",
    folders,
    emit: |emission| page(emission, Page::Runbook, Pointer::root(), runbook::view),
};
pub(super) static GATES: Emitter = Emitter {
    name: "gates.md",
    folders,
    emit: |emission| page(emission, Page::Gates, Pointer::root().key("gates"), gates::view),
};
pub(super) static ENVIRONMENT: Emitter = Emitter { name: "env.example", folders, emit: environment::emit };

/// What every page is made from.
struct Docs<'c> {
    contract: &'c Contract,
    /// Path of the spec from the root.
    spec: &'c str,
    /// The folder of the pages.
    out: &'c RelPath,
    links: Links,
}

fn folders(contract: &Contract) -> Vec<RelPath> {
    contract.targets.docs.iter().map(|out| out.value.clone()).collect()
}

fn docs<'c>(emission: &Emission<'c>) -> Option<Docs<'c>> {
    let contract = emission.contract;
    let out = &contract.targets.docs.as_ref()?.value;
    Some(Docs { contract, spec: emission.spec, out, links: Links::new(contract) })
}

fn page<V: Serialize>(
    emission: &Emission<'_>,
    page: Page,
    cause: Pointer,
    view: fn(&Docs<'_>) -> V,
) -> Result<Vec<Artifact>, EmitError> {
    let Some(docs) = docs(emission) else { return Ok(Vec::new()) };
    let path = emission.file(docs.out, page.file())?;
    let mut body = emission.templates.render(page.template(), &view(&docs))?;
    body.truncate(body.trim_end().len());
    body.push('\n');
    Ok(vec![Artifact::generated(path, Style::Markup, emission.spec, &body, cause)])
}
