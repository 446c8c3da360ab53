//! Documents for reviewers and operators. One page a file: a typed view of sentences, tables and blocks
//! of code that are in no format yet, and a template that only prints it.

mod anchors;
mod answers;
mod asyncapi;
mod contract;
mod environment;
mod events;
mod flags;
mod gates;
mod inline;
mod links;
mod load;
mod mermaid;
mod offload;
mod overview;
mod page;
mod picture;
mod readme;
mod runbook;
mod table;
mod words;

use minijinja::{Environment, Error, Value};
use serde::Deserialize;

use super::templates::{BuiltIn, View};
use super::{Emission, EmitError, Emitter};
use crate::artifact::{Artifact, Style};
use crate::contract::{Contract, RelPath};
use crate::pointer::Pointer;
use inline::Block;
use links::{Links, Page};
use table::Table;

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
/// The events for tools that read AsyncAPI.
pub(super) static ASYNCAPI: Emitter = Emitter { name: "asyncapi.yaml", folders, emit: asyncapi::emit };
/// Everything of the others on one page.
pub(super) static PAGE: Emitter = Emitter { name: "contract.html", folders, emit: page::emit };

/// The templates.
pub(super) const TEMPLATES: &[BuiltIn] = &[
    BuiltIn::of::<readme::View>(),
    BuiltIn::of::<page::View>(),
    BuiltIn::of::<contract::View>(),
    BuiltIn::of::<events::View>(),
    BuiltIn::of::<flags::View>(),
    BuiltIn::of::<gates::View>(),
    page::PLAIN[0],
    page::PLAIN[1],
    BuiltIn::of::<runbook::View>(),
];

/// What every page is made from.
struct Docs<'c> {
    contract: &'c Contract,
    /// Path of the spec from the root.
    spec: &'c str,
    /// The folder of the pages.
    out: &'c RelPath,
    links: Links,
}

/// How the templates print what is in the views.
pub(super) fn add_filters(environment: &mut Environment<'static>) {
    // Each takes what a view holds back out of the template's value.
    environment.add_filter("table", |value: Value| Ok::<_, Error>(Table::deserialize(value)?.to_markdown()));
    environment.add_filter("block", |value: Value| Ok::<_, Error>(Block::deserialize(value)?.to_markdown()));
    environment.add_filter("html", |sentence: &str| Value::from_safe_string(inline::to_html(sentence)));
    environment.add_filter("plain", |text: &str| Value::from_safe_string(inline::escaped(text)));
    environment.add_filter("text", |sentence: &str| Value::from_safe_string(inline::to_html_text(sentence)));
}

fn folders(contract: &Contract) -> Vec<RelPath> {
    contract.targets.docs.iter().map(|out| out.value.clone()).collect()
}

fn docs<'c>(emission: &Emission<'c>) -> Option<Docs<'c>> {
    let contract = emission.contract;
    let out = &contract.targets.docs.as_ref()?.value;
    Some(Docs { contract, spec: emission.spec, out, links: Links::new(contract) })
}

fn page<V: View>(
    emission: &Emission<'_>,
    page: Page,
    cause: Pointer,
    view: fn(&Docs<'_>) -> V,
) -> Result<Vec<Artifact>, EmitError> {
    let Some(docs) = docs(emission) else { return Ok(Vec::new()) };
    let path = emission.file(docs.out, page.file())?;
    let printed = emission.templates.render(&view(&docs))?;
    let mut body = inline::to_markdown(&printed).into_owned();
    body.truncate(body.trim_end().len());
    body.push('\n');
    Ok(vec![emission.printed(&[V::TEMPLATE], path, Style::Markup, &body, cause)])
}
