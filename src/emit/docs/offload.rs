//! The section of `contract.md` about one offload.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::inline::{Block, code, codes, prose};
use super::links::Page;
use super::mermaid::Step;
use super::table::Table;
use super::{Docs, load, picture, words};
use crate::contract::{
    Amount, Delivery, Event, Events, Function, HashAlgorithm, Ledger, LedgerState, Offload, Sourced, Status, Steps,
    UNSET_RETRIES,
};
use crate::emit::ready::Later;
use crate::emit::typescript::record_cancelled;
use crate::emit::worked::{self, Call};

/// One offload, as the template sees it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "OffloadSection")]
pub(super) struct Section {
    /// Its job.
    job: String,
    /// What it does.
    description: Option<String>,
    /// Whether its code is generated, in a sentence.
    status: String,
    /// Its values, each with where it comes from.
    facts: Table,
    /// Its events.
    events: Vec<EventSection>,
    /// Worked calls with their keys and ids.
    worked: Vec<Worked>,
    /// Why there is no worked call.
    no_worked: Option<String>,
    /// A Mermaid sequence of a call.
    picture: Block,
    /// The same call as lines, in which everyone is called by what it is.
    pub(super) call: Later<Step>,
    /// The records that a run leaves.
    records: Option<Table>,
    /// Files that do the work.
    owners: Vec<String>,
    /// Findings that are accepted for it.
    accepted: Vec<String>,
}

/// An event of an offload.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "EventOfOffload")]
struct EventSection {
    /// Its name.
    name: String,
    /// What it asks for.
    description: Option<String>,
    /// Its values and those of its function, each with where it comes from.
    facts: Table,
}

/// A call with what follows from it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WorkedCall")]
struct Worked {
    /// What is called, and when.
    says: String,
    /// What follows: window, key and ids.
    block: Block,
    /// The command that prints the same.
    command: String,
}

pub(super) fn section(docs: &Docs<'_>, offload: &Offload) -> Section {
    let events = offload.dispatch();
    let worked = events.map(|events| worked(offload, events)).unwrap_or_default();
    let no_worked = match events {
        Some(_) if worked.is_empty() => Some(
            "There is no example, because the key uses a value that a call may not \
            have."
                .to_owned(),
        ),
        Some(_) => None,
        None => Some("No event is sent, so there is no key and no id.".to_owned()),
    };
    Section {
        job: code(&offload.job),
        description: offload.description.as_ref().map(|text| prose(&text.value)),
        status: status(offload),
        facts: facts(docs, offload),
        events: events.iter().flat_map(|e| &e.events).map(|event| event_section(docs, offload, event)).collect(),
        worked,
        no_worked,
        picture: picture::sequence(docs, offload),
        call: picture::call(docs, offload).into(),
        records: events.and_then(|events| records(docs, offload, events)),
        owners: offload.owners.iter().map(|owner| code(owner.value.as_str())).collect(),
        accepted: offload
            .allow
            .iter()
            .map(|allow| format!("{}: {}", code(&allow.rule.value), prose(&allow.reason.value)))
            .collect(),
    }
}

fn status(offload: &Offload) -> String {
    match (offload.status.value, &offload.delivery) {
        (Status::Generated, _) => {
            "The dispatcher and the function are generated; the team writes the handler.".to_owned()
        }
        (Status::Existing, Delivery::Queue(_)) => {
            "Existing code, checked but not generated. The work goes to a queue: no Inngest event is sent.".to_owned()
        }
        (Status::Existing, Delivery::Events(_)) => {
            "Existing code, checked but not generated. Values that the spec does not state are shown as \"not \
             claimed\"."
                .to_owned()
        }
    }
}

fn facts(docs: &Docs<'_>, offload: &Offload) -> Table {
    let mut table = Table::new(["What", "Value", "Origin"]);
    let mut add = |what: &str, value: String, by: String| table.row([what.to_owned(), value, by]);
    fn by<T>(value: &Sourced<T>) -> String {
        words::origin(value.origin)
    }
    add("Kind", words::kind(offload.kind.value).to_owned(), by(&offload.kind));
    if let Some(priority) = &offload.priority {
        add("Priority", priority.value.to_string(), by(priority));
    }
    if let Some(schedule) = &offload.schedule {
        add("Called", format!("{} UTC", code(schedule.as_str())), by(schedule));
    }
    if let Some(when) = &offload.when {
        add("Takes the calls", code(&when.value), by(when));
    }
    add("Route", code(&offload.route.value), by(&offload.route));
    let methods = &offload.methods;
    if methods.value.is_empty() {
        add("Methods", words::NOT_CLAIMED.to_owned(), String::new());
    } else {
        add("Methods", codes(methods.value.iter().map(|method| method.as_str())), by(methods));
    }
    if let Some(flag) = &offload.flag {
        add("Flag", docs.links.flag(&flag.value, Page::Contract), by(flag));
        let known = docs.contract.flags.get(flag.value.as_str());
        if let Some(rollback) = known.and_then(|flag| flag.rollback.as_ref()) {
            add("Rollback", words::settings(rollback), by(&rollback.set));
        }
    } else {
        add("Flag", words::unset(offload).to_owned(), String::new());
    }
    if let Some(window) = &offload.window {
        add("Window", words::window(&window.value), by(window));
    }
    if let Some(expected) = &offload.expected_duration {
        add("One run takes", words::duration(expected.value), by(expected));
        if let Some(load) = load::of(offload) {
            add("Load", load.words(), "computed".to_owned());
        }
    }
    match &offload.delivery {
        Delivery::Queue(queue) => add("Goes to the queue", code(&queue.value), by(queue)),
        Delivery::Events(events) => {
            add("Source", code(&events.source.value), by(&events.source));
            add("Dispatch key", code(&events.dispatch_key.value.to_string()), by(&events.dispatch_key));
        }
    }
    if let Some(params) = &offload.params {
        let HashAlgorithm::Sha256 = params.algorithm.value;
        add("Parameters", codes(params.allow.iter().map(|name| &name.value)), "spec".to_owned());
        let hash = format!(
            "first {} hex digits of `sha256` of their JSON: sorted, trimmed, empty ones left out",
            params.hex_length.value
        );
        add("`{paramsHash}`", hash, by(&params.hex_length));
    }
    if !offload.inline_fields.is_empty() {
        let fields = codes(offload.inline_fields.iter().map(|name| &name.value));
        add("Fields of the inline answer", fields, "spec".to_owned());
    }
    table
}

fn event_section(docs: &Docs<'_>, offload: &Offload, event: &Event) -> EventSection {
    let mut table = Table::new(["What", "Value", "Origin"]);
    table.row(["Event".into(), docs.links.event(&event.name.value, Page::Contract), words::origin(event.name.origin)]);
    let constant = &event.constant;
    table.row(["Constant".into(), code(&constant.value), words::origin(constant.origin)]);
    let payload = docs.links.payload(&event.payload.value, Page::Contract);
    table.row(["Payload".into(), payload, words::origin(event.payload.origin)]);
    let id = &event.event_id;
    table.row(["Event id".into(), code(&id.value.to_string()), words::origin(id.origin)]);
    for (what, value, by) in words::options(&event.function, words::unset(offload)) {
        table.row([what.to_owned(), value, by]);
    }
    EventSection {
        name: code(&event.name.value),
        description: event.description.as_ref().map(|text| prose(&text.value)),
        facts: table,
    }
}

fn worked(offload: &Offload, events: &Events) -> Vec<Worked> {
    let scheduled = worked::scheduled(offload, events);
    let manual = worked::manual(offload, events);
    let calls = [(scheduled, "A scheduled call"), (manual, "A manual call")];
    let mut out = Vec::new();
    for (call, what) in calls {
        let Some(call) = call else { continue };
        let what = if offload.schedule.is_none() && call.params.is_empty() { "A call" } else { what };
        out.push(Worked { says: says(what, &call), block: block(&call), command: command(offload, &call) });
    }
    out
}

fn says(what: &str, call: &Call) -> String {
    let at = code(&call.at.iso());
    if call.params.is_empty() {
        return format!("{what} at {at} without parameters:");
    }
    let given = codes(call.params.iter().map(|(name, value)| format!("{name}={value}")));
    let what = if call.derived.params.is_some() && what == "A scheduled call" { "A call" } else { what };
    format!("{what} at {at} with {given}:")
}

fn block(call: &Call) -> Block {
    let mut body = String::new();
    let derived = &call.derived;
    if let Some((start, size)) = derived.window {
        let end = start.plus(size);
        let _ = writeln!(body, "window        {} to {}", start.iso(), end.iso());
    }
    if let Some(params) = &derived.params {
        let _ = writeln!(body, "parameters    {params}");
    }
    let _ = writeln!(body, "dispatch key  {}", derived.dispatch_key);
    for (event, id) in &derived.events {
        if derived.events.len() > 1 {
            let _ = writeln!(body, "event         {event}");
        }
        let _ = writeln!(body, "event id      {id}");
    }
    Block::new("text", &body)
}

fn command(offload: &Offload, call: &Call) -> String {
    let mut command = format!("inngest-offload key {} --at {}", offload.job, call.at.iso());
    for (name, value) in &call.params {
        let _ = write!(command, " --param {name}={value}");
    }
    code(&command)
}

fn records(docs: &Docs<'_>, offload: &Offload, events: &Events) -> Option<Table> {
    let ledger = docs.contract.ledger.as_ref()?;
    let mut table = Table::new(["Job name", "State", "When"]);
    for event in &events.events {
        let function = &event.function;
        for state in &ledger.states.value {
            let when = match offload.status.value {
                Status::Generated => recorded(function, *state, ledger),
                Status::Existing => recorded_by_hand(*state).to_owned(),
            };
            table.row([code(&function.job_name.value), code(state.as_str()), when]);
        }
    }
    Some(table)
}

/// When a generated function writes a record.
fn recorded(function: &Function, state: LedgerState, ledger: &Ledger) -> String {
    let own = function.steps.value == Steps::Own;
    let is_cancelled = record_cancelled(function, Some(ledger)).is_some();
    match state {
        LedgerState::Running if own => "once, when the run begins".to_owned(),
        LedgerState::Running => "once for each attempt of the handler".to_owned(),
        LedgerState::Succeeded => "once, when the handler is done".to_owned(),
        LedgerState::Failed => {
            let of = if own { " of a step" } else { "" };
            let spent = match function.retries.as_ref().map(|retries| &retries.value.value) {
                Some(Amount::Env { .. }) => format!("the retries{of} are exhausted"),
                Some(Amount::Fixed(0)) => format!("1 attempt{of} has failed"),
                Some(Amount::Fixed(retries)) => format!("{} attempts{of} have failed", words::attempts(*retries)),
                None => format!("{} attempts{of} have failed", words::attempts(UNSET_RETRIES)),
            };
            let cancelled = is_cancelled && !ledger.states.value.contains(&LedgerState::Cancelled);
            let cancelled = if cancelled { "; or when the run is cancelled" } else { "" };
            format!("once, when {spent}; immediately for a `NonRetriableError`{cancelled}")
        }
        LedgerState::Cancelled if is_cancelled => "once, when the run is cancelled".to_owned(),
        LedgerState::Cancelled => {
            "never: nothing in the contract cancels it, and a run that is cancelled by hand leaves no record".to_owned()
        }
    }
}

/// What is claimed of a function that people wrote: that it writes a record, not how often.
fn recorded_by_hand(state: LedgerState) -> &'static str {
    match state {
        LedgerState::Running => "when the work begins; the contract does not say how often",
        LedgerState::Succeeded => "when the work is done",
        LedgerState::Failed => "when the work has finally failed",
        LedgerState::Cancelled => "when the run is cancelled",
    }
}
