//! Functions of the contract and what stands for them in the code.

use crate::conform::facts::Facts;
use crate::conform::observe::{Data, FunctionFacts};
use crate::conform::program::Site;
use crate::contract::{Event, Function, Offload, Status};

/// A function of the contract and the one of the code.
#[derive(Clone, Copy)]
pub(in crate::conform) struct Pair<'f> {
    /// The offload.
    pub(in crate::conform) offload: &'f Offload,
    /// The event that triggers it by contract.
    pub(in crate::conform) event: &'f Event,
    /// What the contract says of it.
    pub(in crate::conform) claimed: &'f Function,
    /// What was seen of it.
    pub(in crate::conform) seen: &'f FunctionFacts,
}

impl Pair<'_> {
    /// Whether its code was there before the contract: what is not written is not claimed.
    pub(in crate::conform) fn is_existing(&self) -> bool {
        self.offload.status.value == Status::Existing
    }

    /// Where people write what it does: the handler of a generated function, as nobody may edit the rest.
    pub(in crate::conform) fn written_at(&self, facts: &Facts<'_>) -> Site {
        let targets = facts.contract.targets.typescript.as_ref();
        let path = |at: Site| facts.loaded.app.source(at.module).path().to_owned();
        let is_below = |folder: &str, path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let Some(targets) = targets.filter(|targets| is_below(targets.out.value.as_str(), &path(self.seen.at))) else {
            return self.seen.at;
        };
        let entered = self.seen.runs.iter().flat_map(|run| &run.entered);
        let mut sites =
            entered.map(|entered| Site { module: entered.id.module, start: entered.id.start, end: entered.id.start });
        let Some(site) = sites.find(|site| is_below(targets.handlers.value.as_str(), &path(*site))) else {
            return self.seen.at;
        };
        // A handler's whole body is no place to point at: its first line is.
        let text = facts.loaded.app.source(site.module).text().get(site.start as usize..).unwrap_or_default();
        Site { end: site.start + text.lines().next().map_or(0, str::len) as u32, ..site }
    }

    /// Where an option is written; where the function is defined when it is not there.
    pub(in crate::conform) fn option_at(&self, option: &str) -> Site {
        self.seen.options.field(option).map_or(self.seen.at, |field| field.at)
    }
}

/// Every function of the contract that is in the code.
pub(in crate::conform) fn pairs<'f>(facts: &'f Facts<'_>) -> Vec<Pair<'f>> {
    facts.contract.offloads.values().flat_map(|offload| pairs_of(facts, offload)).collect()
}

/// The functions of one offload.
pub(in crate::conform) fn pairs_of<'f>(facts: &'f Facts<'_>, offload: &'f Offload) -> Vec<Pair<'f>> {
    let with = |event: &'f Event| {
        let seen = facts.function(&event.function.id.value).or_else(|| misnamed(facts, event))?;
        Some(Pair { offload, event, claimed: &event.function, seen })
    };
    offload.events().filter_map(with).collect()
}

/// The one function that the event triggers, whose id no function of the contract has.
pub(in crate::conform) fn misnamed<'f>(facts: &'f Facts<'_>, event: &Event) -> Option<&'f FunctionFacts> {
    let mut all = facts.functions.iter().filter(|function| {
        let own = function.id.as_text();
        let is_another = own.is_none_or(|id| facts.events().any(|(.., claimed)| claimed.id.value == id));
        !is_another && triggers(function).is_some_and(|all| all.iter().any(|t| t.is_event(&event.name.value)))
    });
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// What triggers a function.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::conform) enum Trigger {
    /// An event; whether only some of them do.
    Event(String, bool),
    /// A schedule.
    Cron(String),
}

impl Trigger {
    /// Whether an event of this name may trigger it.
    pub(in crate::conform) fn is_event(&self, name: &str) -> bool {
        matches!(self, Self::Event(event, _) if event == name)
    }

    /// For people.
    pub(in crate::conform) fn show(&self) -> String {
        match self {
            Self::Event(name, false) => format!("the event `{name}`"),
            Self::Event(name, true) => format!("some of the events `{name}`"),
            Self::Cron(schedule) => format!("the schedule `{schedule}`"),
        }
    }
}

/// What triggers a function; `None` when that is not known.
pub(in crate::conform) fn triggers(function: &FunctionFacts) -> Option<Vec<Trigger>> {
    function.triggers.iter().map(trigger).collect()
}

fn trigger(data: &Data) -> Option<Trigger> {
    if let Some(name) = data.as_text() {
        return Some(Trigger::Event(name.to_owned(), false));
    }
    let Data::Record(_, false) = data else { return None };
    match (data.get("event"), data.get("cron"), data.get("if")) {
        (Data::Text(name), Data::Undefined, Data::Undefined) => Some(Trigger::Event(name.to_string(), false)),
        (Data::Text(name), Data::Undefined, Data::Text(_)) => Some(Trigger::Event(name.to_string(), true)),
        (Data::Undefined, Data::Text(schedule), _) => Some(Trigger::Cron(schedule.to_string())),
        _ => None,
    }
}

/// The ids of functions, for people.
pub(in crate::conform) fn names(pairs: &[Pair<'_>]) -> String {
    let names: Vec<String> = pairs.iter().map(|pair| format!("`{}`", pair.claimed.id.value)).collect();
    names.join(" and ")
}
