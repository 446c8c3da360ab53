//! The picture of the whole contract, at every size: each chain while a reader can follow them, then groups
//! of chains with how many there are. GitHub draws no picture of more than 500 arrows or 50,000 characters.

use indexmap::IndexMap;

use super::Docs;
use super::inline::Block;
use super::mermaid::{Flowchart, Shape};
use super::words::{self, count};
use crate::contract::{Contract, Delivery, Kind, Offload};

/// More chains, or groups of them, than this make a picture that nobody can read.
const MOST: usize = 24;
/// The same of events: a chain may end in many.
const MOST_EVENTS: usize = 48;
/// So many offloads of a group are named.
const NAMED: usize = 2;

/// A picture, and how to read it.
pub(super) struct Overview {
    pub(super) says: String,
    pub(super) picture: Block,
}

/// What offloads are grouped by, the finest first, and the words for it.
type Grouping = (&'static str, fn(&Offload) -> (String, String));

/// There are ten priorities, so that the last one is always few.
const GROUPINGS: [Grouping; 3] = [
    ("are called by the same schedule or sender and have the same priority", |offload| {
        (caller(offload), priority(offload))
    }),
    ("have the same window and the same priority", |offload| (window(offload), priority(offload))),
    ("are called in the same way, by cron or webhook, and have the same priority", |offload| {
        (kind(offload), priority(offload))
    }),
];

/// Schedules and webhooks → routes → flags → events → functions → ledger.
pub(super) fn overview(docs: &Docs<'_>) -> Overview {
    let contract = docs.contract;
    let left_to_right = "From left to right: the caller, the route, its flag, the event or queue, the function, and \
        the record of the run. While a flag is off, its route does the work itself.";
    if contract.offloads.len() <= MOST && contract.events().count() <= MOST_EVENTS {
        return Overview { says: left_to_right.to_owned(), picture: chains(contract) };
    }
    let mut grouped = None;
    for (by, key) in GROUPINGS {
        let mut groups: IndexMap<(String, String), Vec<&Offload>> = IndexMap::new();
        for offload in contract.offloads.values() {
            groups.entry(key(offload)).or_default().push(offload);
        }
        let few = groups.len() <= MOST;
        grouped = Some((by, groups));
        if few {
            break;
        }
    }
    let (by, mut groups) = grouped.unwrap_or_default();
    groups.sort_by(|(a_caller, a), _, (b_caller, b), _| (a, a_caller).cmp(&(b, b_caller)));
    let says = format!(
        "{left_to_right} There are {} offloads: those that {by} share one line, with their number. The picture in \
         {} shows each of them separately.",
        contract.offloads.len(),
        super::inline::link(super::page::FILE, super::page::FILE)
    );
    Overview { says, picture: lines(contract, &groups) }
}

/// A line a chain.
fn chains(contract: &Contract) -> Block {
    let mut chart = Flowchart::new();
    for offload in contract.offloads.values() {
        let caller = chart.node("caller", &caller(offload), Shape::Start);
        let route = chart.node("route", &offload.route.value, Shape::Step);
        chart.edge(&caller, &route, "");
        let mut last = route;
        let mut word = "";
        if let Some(flag) = &offload.flag {
            let flag = chart.node("flag", &flag.value, Shape::Choice);
            chart.edge(&last, &flag, "");
            (last, word) = (flag, "on");
        }
        match &offload.delivery {
            Delivery::Queue(queue) => {
                let queue = chart.node("queue", &queue.value, Shape::Store);
                chart.edge(&last, &queue, word);
            }
            Delivery::Events(events) => {
                for event in &events.events {
                    let name = chart.node("event", &event.name.value, Shape::Step);
                    let function = chart.node("function", &event.function.id.value, Shape::Step);
                    chart.edge(&last, &name, word);
                    chart.edge(&name, &function, "");
                    if let Some(ledger) = &contract.ledger {
                        let ledger = chart.node("ledger", &ledger.writer.export.value, Shape::Store);
                        chart.edge(&function, &ledger, "");
                    }
                }
            }
        }
    }
    chart.print()
}

/// A line a group.
fn lines(contract: &Contract, groups: &IndexMap<(String, String), Vec<&Offload>>) -> Block {
    let mut chart = Flowchart::new();
    for ((caller, priority), offloads) in groups {
        let caller = chart.node("caller", caller, Shape::Start);
        let routes = format!("{} of {priority}: {}", count(offloads.len(), "route"), named(offloads));
        let routes = chart.another("routes", &routes, Shape::Step);
        chart.edge(&caller, &routes, "");
        let mut flags: Vec<&str> = offloads.iter().filter_map(|o| o.flag.as_ref().map(|f| f.value.as_str())).collect();
        flags.sort_unstable();
        flags.dedup();
        let (mut last, mut word) = (routes, "");
        if !flags.is_empty() {
            let label = if let [flag] = flags.as_slice() { (*flag).to_owned() } else { count(flags.len(), "flag") };
            let flags = chart.another("flags", &label, Shape::Choice);
            chart.edge(&last, &flags, "");
            (last, word) = (flags, "on");
        }
        let queues = offloads.iter().filter(|offload| matches!(offload.delivery, Delivery::Queue(_))).count();
        if queues > 0 {
            let queue = chart.another("queues", &format!("a queue takes {queues}"), Shape::Store);
            chart.edge(&last, &queue, word);
        }
        let events: usize = offloads.iter().map(|offload| offload.events().count()).sum();
        if events > 0 {
            let sent = chart.another("events", &count(events, "event"), Shape::Step);
            let functions = chart.another("functions", &count(events, "function"), Shape::Step);
            chart.edge(&last, &sent, word);
            chart.edge(&sent, &functions, "");
            if let Some(ledger) = &contract.ledger {
                let ledger = chart.node("ledger", &ledger.writer.export.value, Shape::Store);
                chart.edge(&functions, &ledger, "");
            }
        }
    }
    chart.print()
}

/// The first few of a group, and how many more.
fn named(offloads: &[&Offload]) -> String {
    let names: Vec<&str> = offloads.iter().take(NAMED).map(|offload| offload.job.as_str()).collect();
    match offloads.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn caller(offload: &Offload) -> String {
    match (&offload.schedule, &offload.when) {
        (Some(schedule), _) => format!("cron {}", schedule.as_str()),
        (None, Some(when)) => format!("webhook {}", when.value),
        (None, None) => words::kind(offload.kind.value).to_owned(),
    }
}

/// The window of a cron, which says how often it is worth to be called.
fn window(offload: &Offload) -> String {
    match &offload.window {
        Some(window) if offload.kind.value == Kind::Cron => format!("cron, window {}", window.value.default_size()),
        _ => kind(offload),
    }
}

fn kind(offload: &Offload) -> String {
    words::kind(offload.kind.value).to_owned()
}

fn priority(offload: &Offload) -> String {
    offload.priority.as_ref().map_or_else(|| "no priority".to_owned(), |priority| priority.value.to_string())
}
