//! `contract.html`: everything that the other documents say, on one page that needs nothing else.
//!
//! The views are those of the other documents; what is added here is what only this page has: the
//! picture, what to filter by, and which things belong to which offload. Text of the spec stands in
//! elements and attributes alone, never in the style or the script, which are the same for every
//! contract and which the page's own policy calls by their digests: nothing else may run.

mod flow;
mod hash;

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::links::{EVENT, FLAG, OFFLOAD, PAYLOAD, Page};
use super::mermaid::Step;
use super::{Docs, Views, contract, events, flags, gates, inline, readme, runbook, words};
use crate::artifact::{Artifact, Style};
use crate::contract::{Delivery, Flag, Offload, Status};
use crate::emit::ready::{Later, Ready};
use crate::emit::templates::{BuiltIn, View as _, view};
use crate::emit::{Emission, EmitError, Templates};
use crate::pointer::Pointer;
use flow::Flow;

/// The file in the folder of the documents.
pub(super) const FILE: &str = "contract.html";
const STYLE: &str = "docs/page.css";
const SCRIPT: &str = "docs/page.js";

/// What stands in the page as it is.
pub(super) const PLAIN: [BuiltIn; 2] = [
    BuiltIn::plain(STYLE, include_str!("../../../templates/docs/page.css")),
    BuiltIn::plain(SCRIPT, include_str!("../../../templates/docs/page.js")),
];

/// `contract.html`: everything on one page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "HtmlPage")]
pub(super) struct View {
    /// The page's content security policy.
    policy: String,
    /// The style sheet.
    style: String,
    /// The script.
    script: String,
    /// What `README.md` says.
    readme: Ready<readme::View>,
    /// What `contract.md` says.
    contract: Ready<contract::View>,
    /// What `flags.md` says.
    flags: Ready<flags::View>,
    /// What `events.md` says.
    events: Ready<events::View>,
    /// What `runbook.md` says.
    runbook: Ready<runbook::View>,
    /// What `gates.md` says.
    gates: Ready<gates::View>,
    /// What to filter by.
    facets: Vec<Facet>,
    /// How calls go: sequences that differ only in names appear once.
    calls: Vec<Call>,
    /// What the page shows of each offload in addition to its section, in the same order.
    cards: Vec<Card>,
    /// The same for flags.
    flag_cards: Vec<Related>,
    /// The same for events.
    event_cards: Vec<Related>,
    /// The same for payloads.
    payload_cards: Vec<Related>,
    /// The picture.
    flow: Flow,
}

view!(View, "docs/contract.html.j2");

/// What offloads can be told apart by.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageFacet")]
struct Facet {
    /// Its name in the address.
    key: &'static str,
    /// Its heading.
    title: &'static str,
    /// Its values, sorted.
    values: Vec<Choice>,
}

/// A value to filter by.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageChoice")]
struct Choice {
    /// The value, as the address has it.
    value: String,
    /// The value for people.
    label: String,
    /// How many offloads have it.
    count: usize,
}

/// How a call goes, for every offload of which it is true.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "PageCall")]
struct Call {
    /// The anchor of its heading.
    anchor: String,
    /// The offloads of which it is true, in a few words.
    of: String,
    /// The lines.
    steps: Later<Step>,
}

/// How calls go, each once, and which of them is that of each offload.
pub(super) struct Calls {
    all: Vec<Call>,
    places: Vec<usize>,
}

/// What the page shows of an offload in addition to its section.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageCard")]
struct Card {
    /// The anchor of its section.
    anchor: String,
    /// The value for each facet, in their order.
    facets: Vec<String>,
    /// What is shown next to its name.
    badges: Vec<String>,
    /// The place of its call among `calls`.
    call: usize,
    /// From what calls it to the record of its run.
    chain: Vec<Link>,
}

/// A link of a chain.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageLink")]
struct Link {
    /// What it is: `Route`, `Flag`, `Event` …
    what: &'static str,
    /// What stands there.
    values: Vec<String>,
}

/// Something that belongs to offloads.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageRelated")]
struct Related {
    /// The anchor of its section.
    anchor: String,
    /// The places of the offloads in the contract.
    offloads: Vec<usize>,
    /// What is shown next to its name.
    badges: Vec<String>,
}

pub(super) fn emit(emission: &Emission<'_>, docs: &Docs<'_>, views: &Views) -> Result<Artifact, EmitError> {
    let path = emission.file(docs.out, FILE)?;
    let view = Ready::new(&view(docs, emission.templates, views));
    let mut body = emission.templates.print(&view, docs.room(super::HTML))?;
    body.truncate(body.trim_end().len());
    body.push('\n');
    Ok(emission.printed(&[View::TEMPLATE, STYLE, SCRIPT], path, Style::Markup, body, Pointer::root()))
}

fn view(docs: &Docs<'_>, templates: &Templates, views: &Views) -> View {
    let (style, script) = (templates.plain(STYLE), templates.plain(SCRIPT));
    let all = &docs.contract.offloads;
    let told: Vec<Vec<String>> =
        all.values().map(|offload| FACETS.iter().map(|(_, _, of)| of(docs, offload)).collect()).collect();
    let facets = facets(&told);
    let cards = all.values().zip(told).zip(&views.calls.places);
    View {
        policy: format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            hash::sha256(style),
            hash::sha256(script)
        ),
        style: style.to_owned(),
        script: script.to_owned(),
        readme: views.readme.clone(),
        contract: views.contract.clone(),
        calls: views.calls.all.clone(),
        flags: views.flags.clone(),
        events: views.events.clone(),
        runbook: views.runbook.clone(),
        gates: views.gates.clone(),
        facets,
        cards: cards.map(|((offload, told), call)| card(docs, offload, told, *call)).collect(),
        flag_cards: docs.contract.flags.values().map(|flag| flag_card(docs, flag)).collect(),
        event_cards: event_cards(docs),
        payload_cards: payload_cards(docs),
        flow: flow::flow(docs),
    }
}

/// The facets: key, title, and the value of an offload.
type Told = (&'static str, &'static str, fn(&Docs<'_>, &Offload) -> String);

const FACETS: [Told; 6] = [
    ("kind", "Kind", |_, offload| words::kind(offload.kind.value).to_owned()),
    ("priority", "Priority", |_, offload| {
        offload.priority.as_ref().map_or_else(|| "no priority".to_owned(), |p| p.value.to_string())
    }),
    ("flag", "Flag", flag_state),
    ("declared", "Flag source", |docs, offload| {
        let flag = offload.flag.as_ref().and_then(|flag| docs.contract.flags.get(flag.value.as_str()));
        match flag.map(|flag| flag.declared) {
            Some(true) => "the spec".to_owned(),
            Some(false) => "convention".to_owned(),
            None => "no flag".to_owned(),
        }
    }),
    ("rollout", "Rollout", |docs, offload| {
        let step = docs.rollout.get(offload.job.as_str()).and_then(|at| docs.contract.rollout.get(*at));
        step.map_or_else(|| "not in the rollout".to_owned(), |step| words::state(step.state.value).to_owned())
    }),
    ("code", "Code", |_, offload| match offload.status.value {
        Status::Generated => "generated".to_owned(),
        Status::Existing => "existing".to_owned(),
    }),
];

fn flag_state(docs: &Docs<'_>, offload: &Offload) -> String {
    let Some(flag) = &offload.flag else { return "no flag".to_owned() };
    match docs.contract.flags.get(flag.value.as_str()) {
        Some(flag) => default_state(docs, flag),
        None => "no flag".to_owned(),
    }
}

fn default_state(docs: &Docs<'_>, flag: &Flag) -> String {
    match flags::by_default(docs, flag) {
        "depends" => "depends on others".to_owned(),
        state => format!("{state} by default"),
    }
}

/// `told` are the values of each offload for each facet.
fn facets(told: &[Vec<String>]) -> Vec<Facet> {
    let mut out = Vec::new();
    for (at, (key, title, _)) in FACETS.into_iter().enumerate() {
        let mut values: Vec<Choice> = Vec::new();
        for value in told.iter().filter_map(|values| values.get(at)) {
            match values.iter_mut().find(|choice| choice.value == *value) {
                Some(choice) => choice.count += 1,
                None => values.push(Choice { label: value.clone(), value: value.clone(), count: 1 }),
            }
        }
        values.sort_by(|a, b| a.value.cmp(&b.value));
        out.push(Facet { key, title, values });
    }
    out
}

/// How calls go, from the sections of the offloads.
pub(super) fn calls(docs: &Docs<'_>, contract: &contract::View) -> Calls {
    const NAMED: usize = 4;
    let mut known: Vec<(&Later<Step>, Vec<&str>)> = Vec::new();
    let mut places = Vec::new();
    for (section, job) in contract.offloads.iter().zip(docs.contract.offloads.keys()) {
        let steps = section.call.items();
        let place = known.iter().position(|(known, _)| known.items() == steps).unwrap_or_else(|| {
            known.push((&section.call, Vec::new()));
            known.len() - 1
        });
        known[place].1.push(job);
        places.push(place);
    }
    let calls = known.into_iter().enumerate().map(|(place, (steps, jobs))| {
        let links: Vec<String> = jobs.iter().take(NAMED).map(|job| docs.links.offload(job, Page::Contract)).collect();
        let more = jobs.len() - links.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        Call { anchor: format!("call-{}", place + 1), of: links.join(", ") + &more, steps: steps.clone() }
    });
    Calls { all: calls.collect(), places }
}

fn card(docs: &Docs<'_>, offload: &Offload, facets: Vec<String>, call: usize) -> Card {
    let rollout = docs.rollout.get(offload.job.as_str()).copied();
    let mut badges = Vec::new();
    badges.extend(offload.priority.as_ref().map(|priority| priority.value.to_string()));
    badges.push(words::kind(offload.kind.value).to_owned());
    badges.push(match offload.status.value {
        Status::Generated => "generated".to_owned(),
        Status::Existing => "existing code".to_owned(),
    });
    badges.push(match flag_state(docs, offload).as_str() {
        "no flag" => "no flag".to_owned(),
        state => format!("flag {state}"),
    });
    if let Some(step) = rollout.and_then(|at| docs.contract.rollout.get(at).map(|step| (at + 1, step))) {
        let (number, step) = step;
        badges.push(format!(
            "rollout step {number}: {}, {}",
            words::step(step.step.value),
            words::state(step.state.value)
        ));
    }
    Card { anchor: docs.links.anchor(OFFLOAD, &offload.job), facets, badges, call, chain: chain(docs, offload) }
}

fn chain(docs: &Docs<'_>, offload: &Offload) -> Vec<Link> {
    let mut chain = vec![
        Link { what: "Called by", values: vec![words::called(offload)] },
        Link { what: "Route", values: vec![inline::code(&offload.route.value)] },
    ];
    if let Some(flag) = &offload.flag {
        chain.push(Link { what: "Flag", values: vec![docs.links.flag(&flag.value, Page::Contract)] });
    }
    match &offload.delivery {
        Delivery::Queue(queue) => chain.push(Link { what: "Queue", values: vec![inline::code(&queue.value)] }),
        Delivery::Events(events) => {
            let links = events.events.iter().map(|event| docs.links.event(&event.name.value, Page::Contract));
            chain.push(Link { what: "Event", values: links.collect() });
            let functions = events.events.iter().map(|event| inline::code(&event.function.id.value));
            chain.push(Link { what: "Function", values: functions.collect() });
            if let Some(ledger) = &docs.contract.ledger {
                let writer = inline::link(&inline::code(&ledger.writer.export.value), "#records-of-runs");
                chain.push(Link { what: "Ledger", values: vec![writer] });
            }
        }
    }
    chain
}

fn flag_card(docs: &Docs<'_>, flag: &Flag) -> Related {
    let mut offloads: Vec<usize> =
        flag.offloads.iter().filter_map(|job| docs.contract.offloads.get_index_of(job.as_str())).collect();
    offloads.sort_unstable();
    offloads.dedup();
    let mut badges = vec![default_state(docs, flag)];
    badges.push(if flag.declared { "declared".to_owned() } else { "by convention".to_owned() });
    if flag.override_.is_some() {
        badges.push("emergency override".to_owned());
    }
    if flag.rollback.is_none() {
        badges.push("no rollback".to_owned());
    }
    Related { anchor: docs.links.anchor(FLAG, &flag.name), offloads, badges }
}

fn event_cards(docs: &Docs<'_>) -> Vec<Related> {
    let mut out = Vec::new();
    for (at, offload) in docs.contract.offloads.values().enumerate() {
        for event in offload.dispatch().iter().flat_map(|sent| &sent.events) {
            let anchor = docs.links.anchor(EVENT, &event.name.value);
            out.push(Related { anchor, offloads: vec![at], badges: Vec::new() });
        }
    }
    out
}

fn payload_cards(docs: &Docs<'_>) -> Vec<Related> {
    let mut offloads: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, offload) in docs.contract.offloads.values().enumerate() {
        for event in offload.events() {
            let users = offloads.entry(event.payload.value.as_str()).or_default();
            if users.last() != Some(&at) {
                users.push(at);
            }
        }
    }
    let card = |name: &String| Related {
        anchor: docs.links.anchor(PAYLOAD, name),
        offloads: offloads.get(name.as_str()).cloned().unwrap_or_default(),
        badges: Vec::new(),
    };
    docs.contract.payloads.keys().map(card).collect()
}
