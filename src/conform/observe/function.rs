//! What Inngest functions are: their options in every environment, and what their handlers do.

use std::collections::{HashMap, HashSet};

use super::super::load::Loaded;
use super::super::machine::{
    Course, Definition, EffectKind, Explored, Kind, Limits, Machine, Outcome, Path, Rest, Taint, Value, World,
};
use super::super::program::{ModuleId, Site, Text};
use super::ask::Asker;
use super::data::{Data, Field};
use super::made_up::MadeUp;
use super::probe::{Basis, TRIED, tried};
use super::route::WORK;
use super::run::{Answer, Run};
use crate::contract::UNSET_RETRIES;

/// What was seen of a function.
#[derive(Debug)]
pub struct FunctionFacts {
    /// Its id.
    pub id: Data,
    /// Where it is defined.
    pub at: Site,
    /// Its options when the environment says nothing.
    pub options: Data,
    /// Its options with one variable set: the variable, its value, the options.
    pub in_env: Vec<(Text, &'static str, Data)>,
    /// What triggers it: records with `event` or `cron`.
    pub triggers: Vec<Data>,
    /// What its handler does.
    pub runs: Vec<Run>,
    /// What its `onFailure` does; absent when it has none.
    pub failure: Option<Vec<Run>>,
    /// With how many calls around it the nearest branch of the handler is that was not followed.
    pub unfollowed: Option<u32>,
    /// Whether a `serve` is given it.
    pub served: bool,
    /// What it does in runs that are made up; absent where nobody said what its event is.
    pub made_up: Option<MadeUp>,
}

/// What `serve` is given.
#[derive(Debug, Default)]
pub struct Serves {
    /// Where it is called.
    pub calls: Vec<Site>,
    /// Whether it may be given more than is known.
    pub open: bool,
    /// Ids that one call is given twice, and where it is.
    pub twice: Vec<(String, Site)>,
}

/// Enough for modules that define many functions.
const LOADING: Limits = Limits { paths: 4, fuel: 2_000_000 };

/// Further values that a variable may switch an option with.
const SWITCHES: [&str; 3] = ["on", "yes", "enabled"];

/// How a function is known again in another run.
type Key = (Site, String);

fn key(definition: &Definition<'_>) -> Key {
    let id = match &definition.options {
        Value::Object(object) => object.own("id").map(|(value, _)| Data::of(&value)),
        _ => None,
    };
    (definition.at, id.map(|id| id.show()).unwrap_or_default())
}

/// A function that was found.
#[derive(Debug)]
pub struct Found {
    key: Key,
    /// A module whose loading defines it.
    module: ModuleId,
    /// How many functions that defines in all.
    beside: usize,
    options: Data,
    triggers: Data,
    env: Vec<Text>,
    served: bool,
}

/// The function among those that are defined, once its module is loaded.
pub(super) fn definition_of(machine: &mut Machine<'_>, found: &Found) -> Option<usize> {
    machine.load(found.module).ok()?;
    machine.definitions().iter().position(|definition| key(definition) == found.key)
}

/// The runs of a function. In an environment in which loading its module fails there is none to run.
pub(super) fn runs_of(paths: Vec<Path<'_>>, found: &Found) -> Vec<Run> {
    let is_defined = |path: &Path<'_>| path.definitions.iter().any(|definition| key(definition) == found.key);
    let runs: Vec<Run> = paths.into_iter().filter(is_defined).map(Run::of).collect();
    if runs.is_empty() { vec![Run::ended(Answer::Cut)] } else { runs }
}

impl Found {
    /// Where it is defined.
    pub(super) fn at(&self) -> Site {
        self.key.0
    }

    /// How often a run is tried again: the number of its last attempt.
    pub(super) fn retries(&self) -> f64 {
        match self.options.get("retries") {
            Data::Number(retries) => retries,
            _ => UNSET_RETRIES as f64,
        }
    }

    /// The event that triggers it; empty for none, and for one that is not known.
    pub fn event(&self) -> String {
        let event = match &self.triggers {
            Data::List(items) => items.first().cloned().unwrap_or(Data::Undefined),
            one => one.clone(),
        };
        event.get("event").as_text().unwrap_or_default().to_owned()
    }
}

/// Finds every function of an application, and what `serve` is given.
pub fn find(asker: &Asker<'_>, basis: &Basis) -> (Vec<Found>, Serves) {
    let world = world(basis, None);
    let mut found: Vec<Found> = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::new();
    let mut serves = Serves::default();
    let mut served: Vec<Key> = Vec::new();
    for &module in &candidates(asker.loaded) {
        let explored = asker.explorer.explore(world.clone(), LOADING, |machine| {
            machine.load(module)?;
            Ok(Value::Undefined)
        });
        for path in explored.paths {
            let mut read: Vec<Text> = Vec::new();
            for effect in path.done() {
                match effect.kind {
                    EffectKind::Env(name) if !read.contains(name) => read.push(name.clone()),
                    EffectKind::Serve(functions) => {
                        if !serves.calls.contains(&effect.at) {
                            serves.calls.push(effect.at);
                        }
                        let first = served.len();
                        serves.open |= !listed(functions, &path.definitions, &mut served);
                        for (index, (.., id)) in served.iter().enumerate().skip(first) {
                            let is_again = served[first..index].iter().any(|(.., other)| other == id);
                            let twice = (id.clone(), effect.at);
                            if is_again && id.starts_with('`') && !serves.twice.contains(&twice) {
                                serves.twice.push(twice);
                            }
                        }
                    }
                    _ => {}
                }
            }
            let beside = path.definitions.len();
            for definition in &path.definitions {
                let key = key(definition);
                let (options, triggers) = (Data::of(&definition.options), Data::of(&definition.triggers));
                match places.get(&key) {
                    Some(&index) => {
                        let known: &mut Found = &mut found[index];
                        if known.module == module {
                            // On another way through the same module: what differs is not known.
                            known.options = either(&known.options, options);
                            known.triggers = either(&known.triggers, triggers);
                        } else if beside < known.beside {
                            // Where the fewest others are defined with it, it is found again the soonest.
                            (known.module, known.beside, known.env) = (module, beside, read.clone());
                        }
                    }
                    None => {
                        places.insert(key.clone(), found.len());
                        found.push(Found { key, module, beside, options, triggers, env: read.clone(), served: false });
                    }
                }
            }
        }
    }
    serves.calls.sort();
    let served: HashSet<Key> = served.into_iter().collect();
    for function in &mut found {
        function.served = served.contains(&function.key);
    }
    (found, serves)
}

/// A value that is one thing or another: what is the same in both is known.
fn either(one: &Data, other: Data) -> Data {
    if *one == other {
        return other;
    }
    let (Data::Record(ours, false), Data::Record(theirs, false)) = (one, &other) else {
        return Data::Unknown(format!("{} or {}", one.show(), other.show()), Taint::default());
    };
    let new = theirs.iter().filter(|field| one.field(&field.name).is_none());
    let fields = ours.iter().chain(new).map(|field| {
        let value = either(&one.get(&field.name), other.get(&field.name));
        Field { value, ..field.clone() }
    });
    Data::Record(fields.collect(), false)
}

/// Notes which functions a list names; whether all of it is known.
fn listed(functions: &Value<'_>, definitions: &[Definition<'_>], served: &mut Vec<Key>) -> bool {
    let Value::Object(object) = functions else { return false };
    match &object.kind {
        Kind::Definition(index) => {
            served.extend(definitions.get(*index).map(key));
            true
        }
        Kind::List(items) => {
            let items = items.borrow();
            let known: Vec<bool> = items.iter().map(|item| listed(item, definitions, served)).collect();
            known.into_iter().all(|known| known) && !object.is_open()
        }
        _ => false,
    }
}

/// Modules whose loading may define functions: those that speak of Inngest, and those that import one
/// which defines functions for others.
fn candidates(loaded: &Loaded) -> Vec<ModuleId> {
    let app = &loaded.app;
    let makers: Vec<ModuleId> =
        loaded.inngest.iter().copied().filter(|id| app.source(*id).text().contains("createFunction")).collect();
    let imports_maker = |id: ModuleId| {
        app.links[id as usize]
            .values()
            .any(|link| matches!(link, super::super::application::Link::Module(other) if makers.contains(other)))
    };
    let all = 0..app.modules.len() as ModuleId;
    all.filter(|id| loaded.inngest.contains(id) || imports_maker(*id)).collect()
}

/// The world in which functions are taken, where a variable has a value.
pub(super) fn world(basis: &Basis, set: Option<(&str, &str)>) -> World {
    let mut env = basis.env.clone();
    if let Some((name, value)) = set {
        env.insert(Text::from(name), Some(Text::from(value)));
    }
    World { env, required: basis.required.always.clone(), now: basis.now, ..World::default() }
}

/// Calls the handler of a function with what it is given.
pub(super) fn call_handler<'p>(
    machine: &mut Machine<'p>,
    found: &Found,
    context: impl FnOnce(&mut Machine<'p>, Site) -> Value<'p>,
) -> Outcome<'p> {
    let at = found.at();
    let Some(index) = definition_of(machine, found) else { return Ok(Value::Undefined) };
    machine.forget();
    let handler = machine.definitions()[index].handler.clone();
    let context = context(machine, at);
    let answer = machine.call(&handler, Value::Undefined, vec![context], at)?;
    machine.settled(answer, at)
}

/// Calls the handler of a function with an event of which nothing is known.
fn handle<'p>(machine: &mut Machine<'p>, found: &Found, event: &str) -> Outcome<'p> {
    call_handler(machine, found, |machine, at| {
        let event = machine.any_event(event, at);
        machine.handler_context(event, at)
    })
}

/// The run of a function in which all that is decided where another run decided something falls as it did there: the
/// same work, called by another.
pub fn retraced(asker: &Asker<'_>, basis: &Basis, found: &Found, course: &Course) -> Run {
    let event = found.event();
    Run::of(asker.explorer.retrace(world(basis, None), WORK, course, |machine| handle(machine, found, &event)))
}

/// Takes a function in every environment that it asks about, and runs its handlers.
pub fn examine(asker: &Asker<'_>, basis: &Basis, found: &Found, made_up: Option<MadeUp>) -> FunctionFacts {
    let mut in_env = Vec::new();
    for name in found.env.iter().filter(|name| !basis.env.contains_key(&***name)) {
        for value in tried(name, &[&TRIED[..], &SWITCHES].concat()) {
            let world = world(basis, Some((name, value)));
            let limits = Limits { paths: 1, ..LOADING };
            let explored = asker.explorer.explore(world, limits, |machine| {
                machine.load(found.module)?;
                Ok(Value::Undefined)
            });
            for path in explored.paths {
                // A factory defines several at one place; an id may itself come from the environment.
                let same = path.definitions.iter().find(|definition| key(definition) == found.key);
                let mut there = path.definitions.iter().filter(|definition| definition.at == found.key.0);
                let only = there.next().filter(|_| there.next().is_none());
                if let Some(definition) = same.or(only) {
                    let options = Data::of(&definition.options);
                    if options != found.options {
                        in_env.push((name.clone(), value, options));
                    }
                }
            }
        }
    }
    let mut unknown = world(basis, None);
    unknown.other_env = Rest::Unknown;
    let event = found.event();
    let at = found.key.0;
    let Explored { paths, unfollowed, .. } =
        asker.explorer.explore(unknown.clone(), WORK, |machine| handle(machine, found, &event));
    let failure = found.options.field("onFailure").map(|_| {
        asker.explorer.explore(unknown, WORK, |machine| {
            let Some(index) = definition_of(machine, found) else { return Ok(Value::Undefined) };
            machine.forget();
            let options = machine.definitions()[index].options.clone();
            let handler = machine.member(&options, "onFailure", at)?;
            let original = machine.any_event(&event, at);
            let error = machine.any_error(at);
            let context = machine.failure_context(original, error, at);
            let answer = machine.call(&handler, Value::Undefined, vec![context], at)?;
            machine.settled(answer, at)
        })
    });
    let triggers = match found.triggers.clone() {
        Data::List(items) => items,
        Data::Undefined => Vec::new(),
        one => vec![one],
    };
    FunctionFacts {
        id: found.options.get("id"),
        at,
        options: found.options.clone(),
        in_env,
        triggers,
        unfollowed,
        runs: runs_of(paths, found),
        failure: failure.map(|explored| runs_of(explored.paths, found)),
        served: found.served,
        made_up,
    }
}
