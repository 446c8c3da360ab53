//! What the function that takes status records does with one.

use std::rc::Rc;

use super::super::load::Loaded;
use super::super::machine::{Effect, EffectKind, Path, Shared, Value, World, explore_near};
use super::super::program::{ModuleId, Site, Text};
use super::data::Data;
use super::made_up::RUN_ID;
use super::probe::{Basis, INSTANTS};
use super::route::WORK;
use super::run::Run;
use crate::contract::Ledger;
use crate::derive::Instant;

/// Values of a variable that nobody named: one that says nothing but that it is set comes first.
const SET: [&str; 3] = ["made-up", "1", "true"];

/// What was seen of a record.
#[derive(Debug)]
pub struct Kept {
    /// The state that it holds.
    pub state: &'static str,
    /// The value of every variable that the contract does not name; none where these are unset.
    pub set: Option<&'static str>,
    /// Every way that was found.
    pub runs: Vec<Run>,
    /// What was called outside of the application on ways that came to their end, with what it was given.
    pub given: Vec<Given>,
    /// Whether every way was followed to its end.
    pub is_whole: bool,
}

/// A call of something outside, and all that it was given.
#[derive(Debug)]
pub struct Given {
    /// What was called, for people.
    pub name: Text,
    /// What it was given.
    pub values: Vec<Data>,
    /// Where.
    pub at: Site,
}

impl Given {
    fn of(effect: &Effect<'_>) -> Option<Self> {
        let EffectKind::Outside(name, values, _) = &effect.kind else { return None };
        Some(Self { name: name.clone(), values: values.iter().map(Data::of).collect(), at: effect.at })
    }
}

/// What a field of a made-up record holds: another value in each.
pub fn made_up_field(name: &str) -> Data {
    match name {
        "attempt" => Data::Number(7.0),
        "runId" => Data::Text(Text::from(RUN_ID)),
        _ if name.ends_with("At") => Instant::parse(INSTANTS[3]).map_or(Data::Null, |at| Data::Text(at.iso().into())),
        _ => Data::Text(Text::from(format!("made-up-{name}"))),
    }
}

/// Gives the writer a record of each state, in the fields with these names; and of the first one also where variables
/// are set that it reads.
pub fn keep<'p>(
    loaded: &'p Loaded,
    ledger: &Ledger,
    basis: &Basis,
    shared: &Rc<Shared<'p>>,
    module: ModuleId,
    named: &[&'static str],
) -> Vec<Kept> {
    let at = Site { module, ..Site::default() };
    let give = |state: &'static str, env: &[Text], set: Option<&'static str>| {
        let mut world = World {
            env: basis.env.clone(),
            required: basis.required.always.clone(),
            now: basis.now,
            ..World::default()
        };
        env.iter().for_each(|name| world.set(name, set));
        let (paths, unfollowed) = explore_near(&loaded.app, world, shared, None, WORK, &|machine| {
            let writer = machine.export(module, &ledger.writer.export.value)?;
            let mut fields: Vec<_> = named.iter().map(|name| (*name, Value::text(state))).collect();
            fields.push(("jobName", Value::text("made-up-job")));
            fields.extend(ledger.fields.iter().map(|field| match made_up_field(field.as_str()) {
                Data::Number(number) => (field.as_str(), Value::Number(number)),
                text => (field.as_str(), Value::text(text.as_text().unwrap_or_default())),
            }));
            let record = machine.record(fields, at);
            if let Some(object) = record.as_object() {
                object.open();
            }
            let answer = machine.call(&writer, Value::Undefined, vec![record], at)?;
            machine.settled(answer, at)
        });
        let is_whole = unfollowed.is_none() && !paths.iter().any(Path::is_cut);
        let ended = paths.iter().filter(|path| path.result.is_ok());
        let given = ended.flat_map(|path| &path.effects).filter_map(Given::of).collect();
        Kept { state, set, given, is_whole, runs: paths.into_iter().map(Run::of).collect() }
    };
    let states = ledger.states.value.iter().map(|state| state.as_str());
    let mut all: Vec<Kept> = states.map(|state| give(state, &[], None)).collect();
    if let Some(first) = all.first() {
        let read = first.runs.iter().flat_map(|run| &run.env).map(|(name, _)| name);
        let unnamed: Vec<Text> = read.filter(|name| !basis.env.contains_key(&***name)).cloned().collect();
        let state = first.state;
        if !unnamed.is_empty() {
            all.extend(SET.map(|value| give(state, &unnamed, Some(value))));
        }
    }
    all
}
