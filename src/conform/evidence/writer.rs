//! What the writer of the ledger makes of a record: rows, and what is in them.

use crate::conform::facts::Facts;
use crate::conform::names::calls::{last, may_write, observes};
use crate::conform::names::fields::{JOB, STATE};
use crate::conform::observe::{Data, Given, Kept, MADE_UP_JOB, Run, made_up_field};
use crate::conform::program::{ModuleId, Site};
use crate::contract::{Ledger, Sourced};
use crate::derive::Instant;

/// Whether a run calls something outside that may keep a record.
pub(in crate::conform) fn may_keep(run: &Run) -> bool {
    run.outside.iter().any(|call| may_write(&call.name, &call.said))
}

/// Whether the writer keeps a record by the call at a place; what is posted somewhere tells of it, and keeps nothing.
pub(in crate::conform) fn keeps_at(facts: &Facts<'_>, at: Site) -> bool {
    Rows::of(facts, None).0.into_iter().any(|call| call.at == at && !tells(call))
}

/// Whether what is given to a call is posted somewhere.
fn tells(call: &Given) -> bool {
    matches!(last(&call.name), "fetch" | "post" | "send")
}

/// What the writer keeps of records: the calls that are given the dispatch key or the run in an object, or all where
/// none is.
struct Rows<'f>(Vec<&'f Given>);

impl<'f> Rows<'f> {
    fn of(facts: &'f Facts<'_>, state: Option<&str>) -> Self {
        let kept = facts.kept.iter().filter(|kept| kept.set.is_none() && state.is_none_or(|state| kept.state == state));
        let calls = || {
            kept.clone()
                .flat_map(|kept| &kept.given)
                .filter(|call| !observes(&call.name) && may_write(&call.name, &call.said))
        };
        let ids = ["dispatchKey", "runId", "correlationId"].map(|id| made_up_field(facts.contract, id));
        let rows: Vec<&Given> = calls().filter(|call| call.values.iter().any(|value| has_id(value, &ids, 0))).collect();
        Self(if rows.is_empty() { calls().collect() } else { rows })
    }

    /// Whether all that is in them is known.
    fn are_known(&self) -> bool {
        !self.0.is_empty() && self.0.iter().all(|call| call.is_known)
    }

    fn hold(&self, wanted: &dyn Fn(&Data) -> bool) -> bool {
        self.0.iter().flat_map(|call| &call.values).any(|value| holds(value, wanted))
    }
}

/// The fields of the contract that are in no row, with the call that writes it.
pub(in crate::conform) fn lost<'f>(facts: &'f Facts<'_>, ledger: &'f Ledger) -> Vec<(&'f Sourced<String>, Site)> {
    let rows = Rows::of(facts, None);
    let is_whole = facts.kept.iter().all(|kept| kept.set.is_some() || kept.is_whole) && rows.are_known();
    let Some(first) = rows.0.first().filter(|_| is_whole) else { return Vec::new() };
    let is_lost = |field: &&Sourced<String>| {
        let own = made_up_field(facts.contract, &field.value);
        !rows.hold(&|data| says(data, &own))
    };
    let lost: Vec<_> = ledger.fields.iter().filter(is_lost).map(|field| (field, first.at)).collect();
    // Where nothing of a record is in it, it is not a row of it.
    if lost.len() == ledger.fields.len() { Vec::new() } else { lost }
}

/// Fields of the contract under whose names rows hold another field of the record: the field, the other one, and where.
pub(in crate::conform) fn swapped<'f>(
    facts: &'f Facts<'_>,
    ledger: &'f Ledger,
) -> Vec<(&'f Sourced<String>, &'f str, Site)> {
    let rows = Rows::of(facts, None);
    let made_up: Vec<_> =
        ledger.fields.iter().map(|field| (field, made_up_field(facts.contract, &field.value))).collect();
    let held = |(field, own): &(&'f Sourced<String>, Data)| {
        // A number may be a part of any text.
        let others = || made_up.iter().filter(|(other, held)| held.as_text().is_some() && other.value != field.value);
        let calls = rows.0.iter().flat_map(|call| call.values.iter().map(|value| (value, call.at)));
        calls.into_iter().find_map(|(row, at)| {
            let value = field_in(row, &field.value).filter(|value| !holds(value, &|data| says(data, own)))?;
            let (other, _) = others().find(|(_, held)| says(value, held))?;
            Some((*field, other.value.as_str(), at))
        })
    };
    made_up.iter().filter_map(held).collect()
}

/// Fields under whose names rows hold more than the record has there, so that a row is not found again: the name, what
/// is held, and where. Such a row is looked for by the record's own value, or is one of each attempt.
pub(in crate::conform) fn lengthened<'f>(facts: &'f Facts<'_>, ledger: &'f Ledger) -> Vec<(&'f str, String, Site)> {
    let rows = Rows::of(facts, None);
    let fields = ledger.fields.iter().map(|field| (field.as_str(), made_up_field(facts.contract, &field.value)));
    let jobs = JOB.iter().map(|name| (*name, text(MADE_UP_JOB)));
    let attempt = made_up_field(facts.contract, "attempt").show();
    let found = |(name, own): (&'f str, Data)| {
        let own = own.as_text()?;
        rows.0.iter().find_map(|call| {
            let (create, wanted) =
                call.values.iter().find_map(|value| value.field("create").zip(value.field("where")))?;
            let held = create.value.field(name)?.value.as_text()?;
            let (before, after) =
                held.split_once(own).filter(|(before, after)| !(before.is_empty() && after.is_empty()))?;
            let is_lost = field_in(&wanted.value, name).is_some_and(|field| field.as_text() == Some(own));
            let is_of_attempt =
                matches!(name, "runId" | "run_id") && (before.contains(&attempt) || after.contains(&attempt));
            (is_lost || is_of_attempt).then(|| {
                let rest = [before, after].map(|part| part.replace(&attempt, "{attempt}"));
                (name, format!("{}{{{name}}}{}", rest[0], rest[1]), call.at)
            })
        })
    };
    fields.chain(jobs).filter_map(found).collect()
}

/// What a row holds under a name.
fn field_in<'d>(row: &'d Data, name: &str) -> Option<&'d Data> {
    let own = row.field(name).map(|field| &field.value);
    own.or_else(|| parts(row).find_map(|part| field_in(part, name)))
}

/// Rows that a second record leaves with the state of the first: where they are written.
pub(in crate::conform) fn stale(facts: &Facts<'_>) -> Option<Site> {
    let rows = Rows::of(facts, None);
    let of = |call: &Given, name: &str| call.values.iter().find_map(|value| value.field(name).map(|f| f.value.clone()));
    let says_state = |data: &Data| facts.kept.iter().any(|kept| holds(data, &|data| says(data, &text(kept.state))));
    let is_stale = |call: &&&Given| {
        let (Some(create), Some(update)) = (of(call, "create"), of(call, "update")) else { return false };
        call.is_known && says_state(&create) && !says_state(&update)
    };
    rows.0.iter().find(is_stale).map(|call| call.at).or_else(|| stale_by_conflict(facts, &rows, &says_state))
}

/// The same where a row is inserted, and another call says what becomes of one that is there, as `onConflictDoUpdate`.
fn stale_by_conflict(facts: &Facts<'_>, rows: &Rows<'_>, says_state: &dyn Fn(&Data) -> bool) -> Option<Site> {
    let inserts =
        |call: &&&Given| call.values.iter().any(|value| holds(value, says_state)) && last(&call.name) == "values";
    let inserted = rows.0.iter().find(inserts)?;
    let (client, _) = inserted.name.rsplit_once(".insert")?;
    let calls = || facts.kept.iter().filter(|kept| kept.set.is_none()).flat_map(|kept| &kept.given);
    // What the client does besides may change the row.
    let is_other = |call: &Given| {
        let method = call.name.strip_prefix(client).and_then(|rest| rest.strip_prefix('.'));
        method.is_some_and(|method| !method.starts_with("insert") && may_write(method, &call.said))
    };
    if calls().any(is_other) {
        return None;
    }
    let ends =
        calls().find(|call| call.name.starts_with(&*inserted.name) && last(&call.name).starts_with("onConflict"))?;
    let is_stale = match (last(&ends.name), ends.values.first().and_then(|value| value.field("set"))) {
        ("onConflictDoNothing", _) => true,
        ("onConflictDoUpdate", Some(set)) => ends.is_known && !says_state(&set.value),
        _ => false,
    };
    is_stale.then_some(ends.at)
}

/// Methods that insert a row.
const INSERTS: &[&str] = &["create", "createMany", "createManyAndReturn", "upsert"];

/// Where rows are only changed that nothing inserts in the code that was read: no row is ever there.
pub(in crate::conform) fn never_inserted(facts: &Facts<'_>) -> Option<Site> {
    let rows = Rows::of(facts, None);
    let is_whole = facts.kept.iter().all(|kept| kept.set.is_some() || kept.is_whole) && rows.are_known();
    let table = |call: &Given| call.name.strip_suffix(".updateMany").map(ToOwned::to_owned);
    let first = rows.0.first().filter(|_| is_whole)?;
    let owner = table(first)?;
    if !rows.0.iter().all(|call| table(call).as_deref() == Some(&*owner)) {
        return None;
    }
    // Whoever inserts it need not be a route that was followed.
    let table = owner.rsplit('.').next().unwrap_or_default();
    let app = &facts.loaded.app;
    let inserts = |text: &str| INSERTS.iter().any(|method| text.contains(&format!("{table}.{method}(")));
    let is_inserted = (0..app.modules.len()).any(|module| inserts(app.source(module as ModuleId).text()));
    (!is_inserted).then_some(first.at)
}

/// States that are written under another name: the state, the name, and where. Where every state has another one, that
/// is how the table has them.
pub(in crate::conform) fn renamed<'f>(facts: &'f Facts<'_>) -> Vec<(&'static str, &'f str, Site)> {
    let plain = || facts.kept.iter().filter(|kept| kept.set.is_none());
    let another = |kept: &'f Kept| {
        let rows = Rows::of(facts, Some(kept.state));
        if rows.hold(&|data| says(data, &text(kept.state))) {
            return None;
        }
        let mut calls = rows.0.iter().flat_map(|call| call.values.iter().map(|value| (value, call.at)));
        calls.find_map(|(value, at)| Some((kept.state, state_in(value)?, at)))
    };
    let found: Vec<_> = plain().filter_map(another).collect();
    if found.len() == plain().count() { Vec::new() } else { found }
}

/// States that the contract does not have and that some ways of the writer store where others store the record's: the
/// state of the record, what is stored, and where.
pub(in crate::conform) fn other_states<'f>(
    facts: &'f Facts<'_>,
    ledger: &Ledger,
) -> Vec<(&'static str, &'f str, Site)> {
    let mut found: Vec<(&'static str, &str, Site)> = Vec::new();
    for kept in facts.kept.iter().filter(|kept| kept.set.is_none()) {
        let rows = Rows::of(facts, Some(kept.state));
        let calls = rows.0.iter().filter(|call| !tells(call)).flat_map(|call| call.values.iter().map(|v| (v, call.at)));
        let mut stored: Vec<(&str, &str, Site)> = Vec::new();
        calls.for_each(|(value, at)| states_in(value, at, &mut stored));
        for (name, other, at) in &stored {
            let is_own =
                |(field, held, place): &&(&str, &str, Site)| field == name && place == at && *held == kept.state;
            let is_declared = ledger.states.value.iter().any(|state| state.as_str() == *other);
            let is_told = found.iter().any(|(_, held, place)| held == other && place == at);
            if !is_declared && !is_told && stored.iter().any(|one| is_own(&one)) {
                found.push((kept.state, other, *at));
            }
        }
    }
    found
}

/// The texts of all fields that are named as ones that hold a state, with the names.
fn states_in<'d>(data: &'d Data, at: Site, found: &mut Vec<(&'d str, &'d str, Site)>) {
    let own = STATE.iter().filter_map(|name| data.field(name));
    found.extend(own.filter_map(|field| Some((&*field.name, field.value.as_text()?, at))));
    parts(data).for_each(|part| states_in(part, at, found));
}

/// The text of a field that is named as one that holds a state.
fn state_in(data: &Data) -> Option<&str> {
    let own = STATE.iter().find_map(|name| data.field(name)?.value.as_text());
    own.or_else(|| parts(data).find_map(state_in))
}

fn text(text: &str) -> Data {
    Data::Text(text.into())
}

/// Whether a value says what was wanted: in another case, or as a part of a text, as well.
fn says(data: &Data, wanted: &Data) -> bool {
    match (data, wanted) {
        (Data::Text(text), Data::Text(wanted)) => text.to_lowercase().contains(&wanted.to_lowercase()),
        (Data::Text(text), Data::Number(wanted)) => text.contains(&wanted.to_string()),
        // Attempts are counted from one as well.
        (Data::Number(number), Data::Number(wanted)) => number == wanted || *number == wanted + 1.0,
        (Data::Number(number), Data::Text(wanted)) => {
            Instant::parse(wanted).is_some_and(|wanted| wanted.millis() as f64 == *number)
        }
        (Data::Instant(at), Data::Text(wanted)) => {
            Instant::parse(wanted).is_some_and(|wanted| wanted.millis() as f64 == *at)
        }
        _ => false,
    }
}

fn parts(data: &Data) -> Box<dyn Iterator<Item = &Data> + '_> {
    match data {
        Data::List(items) => Box::new(items.iter()),
        Data::Record(fields, _) => Box::new(fields.iter().map(|field| &field.value)),
        _ => Box::new(std::iter::empty()),
    }
}

fn holds(data: &Data, wanted: &dyn Fn(&Data) -> bool) -> bool {
    wanted(data) || parts(data).any(|part| holds(part, wanted))
}

/// Whether an object holds the dispatch key or the run of the record.
fn has_id(data: &Data, ids: &[Data], depth: u32) -> bool {
    let is_id = |data: &Data| ids.iter().any(|id| says(data, id));
    let is_inside = matches!(data, Data::Record(..)) || depth > 0;
    is_inside && parts(data).any(|part| is_id(part) || has_id(part, ids, depth + 1))
}
