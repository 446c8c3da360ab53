//! `flags.md`: each flag, its truth table, how to turn it on, how to roll it back.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, code, codes, prose};
use super::links::{FLAG, Page};
use super::table::Table;
use super::{Docs, answers, environment, words};
use crate::contract::{Contract, Delivery, Flag, LedgerState, Offload, OverrideMeaning};
use crate::derive::{MAX_VARIABLES, Row, State, TruthTable, Variable};
use crate::emit::templates::view;

/// More rows than this are not printed.
const MOST_ROWS: usize = 64;

/// `flags.md`: the flags.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlagsPage")]
pub(super) struct View {
    /// Links to the sections of the flags.
    contents: Vec<String>,
    /// Words that count as on.
    truthy: String,
    /// The flags, one row each.
    overview: Option<Table>,
    /// The flags, in the order of the contract.
    flags: Vec<Section>,
    /// The `env.example`.
    example: Block,
}

view!(View, "docs/flags.md.j2");

/// One flag.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "FlagSection")]
struct Section {
    /// Its variable.
    name: String,
    /// What it does.
    description: Option<String>,
    /// Its values.
    facts: Table,
    /// Its truth table.
    table: Option<Table>,
    /// Why there is no table, or how to read it.
    table_note: Option<String>,
    /// What each state means for a user.
    meaning: Vec<String>,
    /// Steps to turn it on.
    turn_on: Vec<String>,
    /// Steps to roll back.
    roll_back: Vec<String>,
    /// What the spec says of the rollback.
    note: Option<String>,
    /// The emergency switch that wins over it.
    override_: Option<String>,
    /// What else reads the same variables.
    interactions: Vec<String>,
}

pub(super) fn view(docs: &Docs<'_>) -> View {
    let contract = docs.contract;
    let readers = environment::Readers::new(contract);
    View {
        contents: contract.flags.keys().map(|name| format!("{FLAG} {}", docs.links.flag(name, Page::Flags))).collect(),
        truthy: codes(&contract.truthy.value),
        overview: overview(docs),
        flags: contract.flags.values().map(|flag| section(docs, flag, &readers)).collect(),
        example: Block::new("sh", &environment::example(contract)),
    }
}

fn overview(docs: &Docs<'_>) -> Option<Table> {
    let mut table = Table::new(["Flag", "When nothing is set", "Switches", "Since", "Roll back"]);
    for flag in docs.contract.flags.values() {
        table.row([
            docs.links.flag(&flag.name, Page::Flags),
            by_default(docs, flag).to_owned(),
            switches(docs, flag),
            flag.since.as_ref().map_or_else(String::new, |since| prose(&since.value)),
            flag.rollback.as_ref().map_or_else(|| "the spec does not say".into(), words::settings),
        ]);
    }
    table.filled()
}

/// What each flag is while nothing is set: `on`, `off`, or `depends` where no truth table is made.
pub(super) fn defaults(contract: &Contract) -> HashMap<&str, &'static str> {
    let of = |flag: &Flag| {
        let table = TruthTable::of(flag, &contract.truthy.value);
        match table.and_then(|table| table.rows.first().map(|row| row.enabled)) {
            Some(true) => "on",
            Some(false) => "off",
            None => "depends",
        }
    };
    contract.flags.values().map(|flag| (flag.name.as_str(), of(flag))).collect()
}

pub(super) fn by_default(docs: &Docs<'_>, flag: &Flag) -> &'static str {
    docs.defaults.get(flag.name.as_str()).copied().unwrap_or("depends")
}

fn switches(docs: &Docs<'_>, flag: &Flag) -> String {
    if flag.offloads.is_empty() {
        return "nothing in this contract".to_owned();
    }
    flag.offloads.iter().map(|job| docs.links.offload(job, Page::Flags)).collect::<Vec<_>>().join(", ")
}

fn section(docs: &Docs<'_>, flag: &Flag, readers: &environment::Readers) -> Section {
    let truthy = &docs.contract.truthy.value;
    let table = TruthTable::of(flag, truthy);
    let mut facts = Table::new(["What", "Value", "Origin"]);
    let mut add = |what: &str, value: String, by: &str| facts.row([what.to_owned(), value, by.to_owned()]);
    add("Switches", switches(docs, flag), "");
    if let Some(since) = &flag.since {
        add("Since", prose(&since.value), since.origin.as_str());
    }
    add("On when", words::condition(&flag.enabled_when.value, true), flag.enabled_when.origin.as_str());
    add("When nothing is set", by_default(docs, flag).to_owned(), "computed");
    if let Some(rollback) = &flag.rollback {
        add("Roll back", words::settings(rollback), rollback.set.origin.as_str());
    }
    if let Some(override_) = &flag.override_ {
        let OverrideMeaning::Inline = override_.means.value;
        add("Emergency override", format!("{} on: `inline`", code(&override_.on.value)), override_.on.origin.as_str());
    }
    let turn_on = turn_on(docs, flag, table.as_ref());
    let (printed, note) = match &table {
        Some(table) => truth(flag, table),
        None => (
            None,
            Some(format!(
                "No table is printed, because the flag depends on more than {MAX_VARIABLES} \
            variables."
            )),
        ),
    };
    Section {
        name: code(&flag.name),
        description: flag.description.as_ref().map(|text| prose(&text.value)),
        facts,
        table: printed,
        table_note: note,
        meaning: meaning(docs, flag),
        turn_on,
        roll_back: roll_back(docs, flag),
        note: flag.rollback.as_ref().and_then(|r| r.note.as_ref()).map(|note| prose(&note.value)),
        override_: flag.override_.as_ref().map(|override_| {
            let purpose =
                override_.for_.as_ref().map_or_else(String::new, |text| format!(" It is for {}.", prose(&text.value)));
            format!(
                "While {} is on, it overrides everything above: the work runs inline, in the route.{purpose} Unset \
                 it when it is no longer needed.",
                code(&override_.on.value)
            )
        }),
        interactions: readers.shared(docs, flag),
    }
}

fn truth(flag: &Flag, table: &TruthTable) -> (Option<Table>, Option<String>) {
    let mut head: Vec<String> = table.variables.iter().map(|variable| code(&variable.name)).collect();
    head.push("Result".to_owned());
    if flag.rollback.is_some() {
        head.push("After the rollback".to_owned());
    }
    let mut printed = Table::with_head(head);
    for row in table.rows.iter().take(MOST_ROWS) {
        let states = table.variables.iter().zip(&row.states).map(|(variable, state)| state_word(variable, *state));
        let mut cells: Vec<String> = states.map(str::to_owned).collect();
        cells.push(result(row));
        cells
            .extend(row.enabled_after_rollback.map(|on| if on { "**still on**".to_owned() } else { "off".to_owned() }));
        printed.row(cells);
    }
    let more = table.rows.len().saturating_sub(MOST_ROWS);
    let mut note = (more > 0).then(|| format!("{more} more rows are left out."));
    if flag.rollback.is_none() {
        note = Some("The spec defines no rollback.".to_owned());
    } else if table.stuck().next().is_some() {
        note = Some("**The rollback leaves the flag on in some of these states.**".to_owned());
    }
    (Some(printed), note)
}

fn state_word(variable: &Variable, state: State) -> &'static str {
    match (variable.read_as_flag, variable.read_as_presence, state) {
        (true, true, State::Unset) | (false, _, State::Unset) => "unset",
        (true, true, State::Off) => "set, not on",
        (true, _, State::On) => "on",
        (true, false, _) => "not on",
        (false, _, _) => "set",
    }
}

fn result(row: &Row) -> String {
    match (row.enabled, row.overridden) {
        (true, _) => "**on**".to_owned(),
        (false, true) => "off, overridden".to_owned(),
        (false, false) => "off".to_owned(),
    }
}

/// The offloads that a flag switches.
fn offloads<'c>(docs: &'c Docs<'_>, flag: &'c Flag) -> impl Iterator<Item = &'c Offload> {
    flag.offloads.iter().filter_map(|job| docs.contract.offloads.get(job.as_str()))
}

fn meaning(docs: &Docs<'_>, flag: &Flag) -> Vec<String> {
    let mut out = Vec::new();
    for offload in offloads(docs, flag) {
        let route = code(&offload.route.value);
        let on = match &offload.delivery {
            Delivery::Queue(queue) => {
                format!("the call is written to {} and answered at once; the work is done later", code(&queue.value))
            }
            Delivery::Events(_) => {
                let answer = answers::answer(&docs.contract.dispatch.responses.dispatched);
                let functions = codes(offload.events().map(|event| &event.function.id.value));
                format!("the answer is {answer}, and the work runs in {functions}")
            }
        };
        out.push(format!("{route}, on: {on}."));
        out.push(format!("{route}, off: the caller waits while the route does the work, and gets its result."));
    }
    out
}

/// The fewest settings that turn a flag on, with its own variable among them if that can be.
fn settings(flag: &Flag, truthy: &[String], table: &TruthTable) -> Option<Vec<String>> {
    let base = table.rows.first()?;
    if base.enabled {
        return Some(Vec::new());
    }
    let changed = |row: &Row| row.states.iter().zip(&base.states).filter(|(a, b)| a != b).count();
    let own = |row: &Row| {
        table.variables.iter().zip(&row.states).any(|(v, state)| v.name == flag.name && *state == State::On)
    };
    let row = table.rows.iter().filter(|row| row.enabled).min_by_key(|row| (!own(row), changed(row)))?;
    let on = truthy.iter().find(|value| *value == "true").or_else(|| truthy.first())?;
    let set = table.variables.iter().zip(&row.states).zip(&base.states).filter(|((_, now), before)| now != before);
    Some(
        set.map(|((variable, state), _)| match (state, variable.read_as_flag) {
            (State::On, true) => code(&format!("{}={on}", variable.name)),
            (State::Off, _) => format!("{} to a value that is not on", code(&variable.name)),
            (State::Unset, _) => format!("{} to nothing", code(&variable.name)),
            (State::On, false) => format!("{} to its value", code(&variable.name)),
        })
        .collect(),
    )
}

fn turn_on(docs: &Docs<'_>, flag: &Flag, table: Option<&TruthTable>) -> Vec<String> {
    let contract = docs.contract;
    let mut steps = Vec::new();
    let sends = offloads(docs, flag).any(|offload| offload.dispatch().is_some());
    if sends {
        let condition = words::condition(&contract.dispatch.configured.value, true);
        steps.push(format!(
            "Check that Inngest is configured: {condition}. Otherwise every call is answered with {}.",
            answers::answer(&contract.dispatch.responses.misconfigured)
        ));
    }
    match table.and_then(|table| settings(flag, &contract.truthy.value, table)) {
        Some(set) if set.is_empty() => steps.push("Set nothing: it is on when nothing is set.".to_owned()),
        Some(set) => steps.push(format!("Set {}.", set.join(", "))),
        None => steps.push("Set the variables so that the condition above holds.".to_owned()),
    }
    if let Some(override_) = &flag.override_ {
        steps.push(format!("Check that {} is not on.", code(&override_.on.value)));
    }
    steps.push("Deploy: a running deployment keeps the values that it started with.".to_owned());
    for offload in offloads(docs, flag) {
        steps.push(verify_on(docs, offload));
    }
    steps
}

fn verify_on(docs: &Docs<'_>, offload: &Offload) -> String {
    let route = code(&offload.route.value);
    match &offload.delivery {
        Delivery::Queue(queue) => {
            format!("Verify: a call of {route} adds a row to {}, and the row is removed again.", code(&queue.value))
        }
        Delivery::Events(events) => {
            let answer = answers::answer(&docs.contract.dispatch.responses.dispatched);
            let jobs = codes(events.events.iter().map(|event| &event.function.job_name.value));
            let done = docs.contract.ledger.as_ref().filter(|l| l.states.value.contains(&LedgerState::Succeeded));
            let record = done.map_or_else(String::new, |_| format!(", then a record `succeeded` of {jobs}"));
            format!("Verify: the next call of {route} is answered with {answer}{record}.")
        }
    }
}

fn roll_back(docs: &Docs<'_>, flag: &Flag) -> Vec<String> {
    let Some(rollback) = &flag.rollback else { return Vec::new() };
    let mut steps = vec![
        format!("Set {}.", words::settings(rollback)),
        "Deploy: a running deployment keeps the values that it started with.".to_owned(),
    ];
    for offload in offloads(docs, flag) {
        let route = code(&offload.route.value);
        match &offload.delivery {
            Delivery::Queue(queue) => {
                let queue = code(&queue.value);
                steps.push(format!(
                    "Drain: rows that are already in {queue} still have to be processed. Keep its \
                     consumer running until the queue is empty."
                ));
                steps.push(format!("Verify: a call of {route} adds no row to {queue}."));
            }
            Delivery::Events(events) => {
                let functions = codes(events.events.iter().map(|event| &event.function.id.value));
                let jobs = codes(events.events.iter().map(|event| &event.function.job_name.value));
                steps.push(format!(
                    "Drain: accepted events still run in {functions}. Let them finish, and keep serving the \
                     functions until they are done."
                ));
                let mode = &docs.contract.dispatch.responses.dispatched.mode.value;
                let mode = code(&format!("mode: {mode}"));
                let record = match &docs.contract.ledger {
                    Some(ledger) if ledger.fields.iter().any(|field| field.value == "requestedAt") => {
                        format!(", and no record of {jobs} has a `requestedAt` after the deploy")
                    }
                    Some(_) => format!(", and no new record of {jobs} appears"),
                    None => String::new(),
                };
                steps.push(format!("Verify: calls of {route} return the result of the work, not {mode}{record}."));
            }
        }
    }
    steps
}
