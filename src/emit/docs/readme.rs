//! `README.md`: what is offloaded, what stays, in which order it goes live, where to look next.

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, code, codes, link, prose};
use super::links::Page;
use super::table::Table;
use super::{Docs, overview, words};
use crate::contract::{Delivery, Kind, Offload, Status, Step, StepState};
use crate::emit::templates::view;

/// `README.md`: the overview.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ReadmePage")]
pub(super) struct View {
    /// The contract's name.
    name: String,
    /// What the move is for.
    description: Option<String>,
    /// Path of the spec.
    spec: String,
    /// The other pages and what they answer.
    pages: Table,
    /// How many of each.
    counts: Table,
    /// How to read the picture.
    picture_says: String,
    /// A Mermaid picture of the whole.
    picture: Block,
    /// The offloads, one row each.
    offloads: Table,
    /// Routes that stay on the request path, and why.
    synchronous: Option<Table>,
    /// The order of going live.
    rollout: Option<Rollout>,
    /// Findings that are accepted, with their reasons.
    accepted: Option<Table>,
}

view!(View, "docs/README.md.j2");

/// The order of going live.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "RolloutOrder")]
struct Rollout {
    /// The steps, a row each.
    table: Table,
    /// What the kinds of steps mean.
    steps: Vec<String>,
    /// How many are done, and which is next.
    progress: String,
}

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let overview = overview::overview(docs);
    View {
        name: prose(&contract.name.value),
        description: contract.description.as_ref().map(|text| prose(&text.value)),
        spec: code(docs.spec),
        pages: pages(docs),
        counts: counts(docs),
        picture_says: overview.says,
        picture: overview.picture,
        offloads: offloads(docs),
        synchronous: synchronous(docs),
        rollout: rollout(docs),
        accepted: accepted(docs),
    }
}

fn pages(docs: &Docs<'_>) -> Table {
    let pages = [
        (Page::Contract.file(), "What exactly happens to each route, with worked keys and ids."),
        (Page::Flags.file(), "What each flag does, how to turn it on, and how to roll it back."),
        (Page::Events.file(), "The events, who sends and who handles them, and their data."),
        (Page::Runbook.file(), "What to do when something is wrong, by symptom."),
        (Page::Gates.file(), "What to run before and after a change, and what to report."),
        (super::page::FILE, "All of this on one page, with search, filters and a picture: open it in a browser."),
        (super::environment::FILE, "Every variable that the contract reads, ready to copy."),
        (super::asyncapi::FILE, "The events, who sends and who handles them, for tools that read AsyncAPI 3.0."),
    ];
    let mut table = Table::new(["Page", "What it answers"]);
    for (file, answers) in pages {
        if file != Page::Gates.file() || docs.contract.gates.is_some() {
            table.row([link(file, file), answers.to_owned()]);
        }
    }
    table
}

fn counts(docs: &Docs<'_>) -> Table {
    let contract = docs.contract;
    let all = || contract.offloads.values();
    let number = |wanted: &dyn Fn(&&Offload) -> bool| all().filter(wanted).count();
    let mut table = Table::new(["What", "How many", "Of these"]);
    let generated = number(&|o| o.status.value == Status::Generated);
    let cron = number(&|o| o.kind.value == Kind::Cron);
    let split = format!(
        "{generated} generated, {} existing code; {cron} cron, {} webhook",
        contract.offloads.len() - generated,
        contract.offloads.len() - cron
    );
    table.row(["Offloads".into(), contract.offloads.len().to_string(), split]);
    let mut priorities: Vec<String> =
        all().filter_map(|o| o.priority.as_ref()).map(|priority| priority.value.to_string()).collect();
    priorities.sort();
    priorities.dedup();
    for priority in priorities {
        let jobs: Vec<&Offload> =
            all().filter(|o| o.priority.as_ref().is_some_and(|p| p.value.to_string() == priority)).collect();
        let shown = jobs.iter().take(6).map(|o| docs.links.offload(&o.job, Page::Readme)).collect::<Vec<_>>();
        let names = if jobs.len() <= 6 { shown.join(", ") } else { String::new() };
        table.row([format!("Priority {priority}"), jobs.len().to_string(), names]);
    }
    let events = contract.events().count();
    table.row(["Events, each with its function".into(), events.to_string(), String::new()]);
    let queues: Vec<&str> = all()
        .filter_map(|o| match &o.delivery {
            Delivery::Queue(queue) => Some(queue.value.as_str()),
            Delivery::Events(_) => None,
        })
        .collect();
    if !queues.is_empty() {
        table.row(["Queues".into(), queues.len().to_string(), codes(&queues)]);
    }
    let overrides: Vec<&str> =
        contract.flags.values().filter_map(|f| f.override_.as_ref()).map(|o| o.on.value.as_str()).collect();
    let emergency =
        if overrides.is_empty() { String::new() } else { format!("emergency override {}", codes(overrides)) };
    table.row(["Flags".into(), contract.flags.len().to_string(), emergency]);
    table.row(["Routes that stay synchronous".into(), contract.synchronous.len().to_string(), String::new()]);
    table
}

fn offloads(docs: &Docs<'_>) -> Table {
    let mut table = Table::new(["Offload", "Priority", "Called", "Route", "Goes to", "Code"]);
    for offload in docs.contract.offloads.values() {
        let goes = match &offload.delivery {
            Delivery::Queue(queue) => format!("queue {}", code(&queue.value)),
            Delivery::Events(events) => {
                let links = events.events.iter().map(|event| docs.links.event(&event.name.value, Page::Readme));
                links.collect::<Vec<_>>().join(", ")
            }
        };
        table.row([
            docs.links.offload(&offload.job, Page::Readme),
            offload.priority.as_ref().map_or_else(String::new, |p| p.value.to_string()),
            words::called(offload),
            code(&offload.route.value),
            goes,
            if offload.status.value == Status::Generated { "generated".into() } else { "existing".into() },
        ]);
    }
    table
}

fn synchronous(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Route", "Why it stays"]);
    for route in &docs.contract.synchronous {
        table.row([code(&route.route.value), prose(&route.why.value)]);
    }
    table.filled()
}

fn rollout(docs: &Docs<'_>) -> Option<Rollout> {
    let steps = &docs.contract.rollout;
    if steps.is_empty() {
        return None;
    }
    let mut table = Table::new(["No.", "Offload", "Priority", "Step", "State", "What to look at"]);
    for (index, step) in steps.iter().enumerate() {
        let offload = docs.contract.offloads.get(step.offload.value.as_str());
        let priority = offload.and_then(|offload| offload.priority.as_ref());
        table.row([
            (index + 1).to_string(),
            docs.links.offload(&step.offload.value, Page::Readme),
            priority.map_or_else(String::new, |p| p.value.to_string()),
            words::step(step.step.value).to_owned(),
            words::state(step.state.value).to_owned(),
            step.note.as_ref().map_or_else(String::new, |note| prose(&note.value)),
        ]);
    }
    let uses = |wanted: Step| steps.iter().any(|step| step.step.value == wanted);
    let mut meaning = Vec::new();
    if uses(Step::Convert) {
        meaning.push("`convert`: make the route dispatch-only, then turn its flag on.".to_owned());
    }
    if uses(Step::Verify) {
        meaning.push("`verify`: the route was moved earlier; confirm that it works before you go on.".to_owned());
    }
    let number = |wanted: StepState| steps.iter().filter(|step| step.state.value == wanted).count();
    let next = steps.iter().position(|step| step.state.value != StepState::Done);
    let next = match next {
        Some(index) => {
            format!(" Next: step {}, {}.", index + 1, docs.links.offload(&steps[index].offload.value, Page::Readme))
        }
        None => " Everything is live.".to_owned(),
    };
    let progress = format!(
        "{} done, {} active, {} planned.{next}",
        number(StepState::Done),
        number(StepState::Active),
        number(StepState::Planned)
    );
    Some(Rollout { table, steps: meaning, progress })
}

fn accepted(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Rule", "Accepted for", "Reason"]);
    for allow in &docs.contract.allow {
        table.row([code(&allow.rule.value), "the whole contract".into(), prose(&allow.reason.value)]);
    }
    for offload in docs.contract.offloads.values() {
        for allow in &offload.allow {
            let link = docs.links.offload(&offload.job, Page::Readme);
            table.row([code(&allow.rule.value), link, prose(&allow.reason.value)]);
        }
    }
    table.filled()
}
