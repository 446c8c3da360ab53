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

use std::collections::HashMap;

use minijinja::{Environment, Value};
use rayon::prelude::*;

use super::ready::Ready;
use super::templates::{BuiltIn, View};
use super::{Emission, EmitError, Emitter, Give};
use crate::artifact::{Artifact, Style};
use crate::contract::{Contract, RelPath};
use crate::pointer::Pointer;
use links::{Links, Page};

/// The emitters: the environment, and the pages, whose views are made once.
pub(super) static ENVIRONMENT: Emitter = Emitter { name: "env.example", folders, emit: environment::emit };
pub(super) static PAGES: Emitter = Emitter { name: "documents", folders, emit: pages };

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
    /// The first step of the rollout of each offload that has one, counted from 0.
    rollout: HashMap<&'c str, usize>,
    /// What each flag is while nothing is set.
    defaults: HashMap<&'c str, &'static str>,
}

/// How the templates print what is in the views.
pub(super) fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("table", |value: Value| table::markdown(&value));
    environment.add_filter("block", |value: Value| inline::fenced(&value));
    environment.add_filter("html", |sentence: &str| Value::from_safe_string(inline::to_html(sentence)));
    environment.add_filter("plain", |text: &str| Value::from_safe_string(inline::escaped(text)));
    environment.add_filter("text", |sentence: &str| Value::from_safe_string(inline::to_html_text(sentence)));
}

fn folders(contract: &Contract) -> Vec<RelPath> {
    contract.targets.docs.iter().map(|out| out.value.clone()).collect()
}

/// About how many bytes of the longest page of Markdown, and of `contract.html`, one offload takes.
const MARKDOWN: usize = 7_000;
const HTML: usize = 20_000;

impl<'c> Docs<'c> {
    /// Room for a page that takes so many bytes for each offload.
    fn room(&self, each: usize) -> usize {
        const ELSE: usize = 64 * 1_024;
        self.contract.offloads.len() * each + ELSE
    }

    /// `None` when the contract asks for no documents.
    fn new(emission: &Emission<'c>) -> Option<Self> {
        let contract = emission.contract;
        let out = &contract.targets.docs.as_ref()?.value;
        let mut rollout = HashMap::new();
        for (at, step) in contract.rollout.iter().enumerate() {
            rollout.entry(step.offload.value.as_str()).or_insert(at);
        }
        Some(Docs {
            contract,
            spec: emission.spec,
            out,
            links: Links::new(contract),
            rollout,
            defaults: flags::defaults(contract),
        })
    }
}

/// The views of the pages, ready for their own templates and for that of `contract.html`, which shows them all.
struct Views {
    readme: Ready<readme::View>,
    contract: Ready<contract::View>,
    calls: page::Calls,
    flags: Ready<flags::View>,
    events: Ready<events::View>,
    runbook: Ready<runbook::View>,
    gates: Ready<gates::View>,
}

impl Views {
    fn new(docs: &Docs<'_>) -> Self {
        let contract = || {
            let view = contract::view(docs);
            (Ready::new(&view), page::calls(docs, &view))
        };
        let events = || Ready::new(&events::view(docs));
        let flags = || Ready::new(&flags::view(docs));
        let rest =
            || (Ready::new(&readme::view(docs)), Ready::new(&runbook::view(docs)), Ready::new(&gates::view(docs)));
        let ((contract, calls), (events, (flags, (readme, runbook, gates)))) =
            rayon::join(contract, || rayon::join(events, || rayon::join(flags, rest)));
        Self { readme, contract, calls, flags, events, runbook, gates }
    }
}

/// Everything that is said in documents, the largest first.
fn pages(emission: &Emission<'_>, give: &Give<'_>) -> Result<(), EmitError> {
    type Printed<'p> = &'p (dyn Fn() -> Result<Artifact, EmitError> + Sync);
    let Some(docs) = &Docs::new(emission) else { return Ok(()) };
    let (views, asyncapi) = rayon::join(|| Views::new(docs), || asyncapi::emit(emission, docs).map(give));
    let at = |key: &str| Pointer::root().key(key);
    let all: [Printed<'_>; 7] = [
        &|| page::emit(emission, docs, &views),
        &|| print(emission, docs, Page::Contract, &views.contract, at("offloads")),
        &|| print(emission, docs, Page::Events, &views.events, at("offloads")),
        &|| print(emission, docs, Page::Flags, &views.flags, at("flags")),
        &|| print(emission, docs, Page::Runbook, &views.runbook, Pointer::root()),
        &|| print(emission, docs, Page::Readme, &views.readme, Pointer::root()),
        &|| print(emission, docs, Page::Gates, &views.gates, at("gates")),
    ];
    let printed: Vec<Result<(), EmitError>> = all.par_iter().map(|print| print().map(give)).collect();
    printed.into_iter().chain([asyncapi]).collect()
}

/// A page of Markdown.
fn print<V: View>(
    emission: &Emission<'_>,
    docs: &Docs<'_>,
    page: Page,
    view: &Ready<V>,
    cause: Pointer,
) -> Result<Artifact, EmitError> {
    let path = emission.file(docs.out, page.file())?;
    let printed = emission.templates.print(view, docs.room(MARKDOWN))?;
    // The note comes in front of it.
    let mut body = String::with_capacity(printed.len() + printed.len() / 16 + 1_024);
    inline::push_markdown(&printed, &mut body);
    drop(printed);
    body.truncate(body.trim_end().len());
    body.push('\n');
    Ok(emission.printed(&[V::TEMPLATE], path, Style::Markup, body, cause))
}
