//! What the function that takes status records does with one.

use std::rc::Rc;

use super::super::load::Loaded;
use super::super::machine::{Limits, Shared, Value, World, explore};
use super::super::program::{ModuleId, Site, Text};
use super::made_up::RUN_ID;
use super::probe::Basis;
use super::run::Run;
use crate::contract::Ledger;

const LIMITS: Limits = Limits { paths: 8, fuel: 40_000 };

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
}

/// Gives the writer a record of each state; and of the first one also where variables are set that it reads.
pub fn keep<'p>(
    loaded: &'p Loaded,
    ledger: &Ledger,
    basis: &Basis,
    shared: &Rc<Shared<'p>>,
    module: ModuleId,
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
        let paths = explore(&loaded.app, world, shared, None, LIMITS, &|machine| {
            let writer = machine.export(module, &ledger.writer.export.value)?;
            let mut fields = vec![("status", Value::text(state)), ("state", Value::text(state))];
            fields.extend(ledger.fields.iter().map(|field| (field.as_str(), Value::text(RUN_ID))));
            let record = machine.record(fields, at);
            if let Some(object) = record.as_object() {
                object.open();
            }
            let answer = machine.call(&writer, Value::Undefined, vec![record], at)?;
            machine.settled(answer, at)
        });
        Kept { state, set, runs: paths.into_iter().map(Run::of).collect() }
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
