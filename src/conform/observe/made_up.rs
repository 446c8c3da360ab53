//! Runs of a function that are made up: an event as the contract has it, a run with an id, the first attempt.
//!
//! Everything that Inngest gives is known in them, so what is written of a run can be held against the run. What
//! the application asks of others is not.

use super::super::machine::{Breaks, Explored, Limits, Machine, Outcome, Slot, Value, World};
use super::super::program::{Site, Text};
use super::ask::Asker;
use super::function::{Found, call_handler, definition_of, runs_of, world};
use super::parameters::{Given, InlinePath, done, dropped};
use super::probe::{Basis, INSTANTS};
use super::route::WORK;
use super::run::Run;
use super::runs::Runs;
use crate::contract::{Binding, Contract, Event, Field, Offload, Type};
use crate::derive::{Instant, derive, trim};

/// The attempt that is made up: the second one, which Inngest counts from zero.
pub const ATTEMPT: f64 = 1.0;

/// The id of the run.
pub const RUN_ID: &str = "01JMADEUPRUN00000000000000";

/// The id of the event, which is no value of its data.
pub const EVENT_ID: &str = "01JMADEUPEVENT000000000000";

/// The id of the run in which `onFailure` is called.
pub const FAILURE_ID: &str = "01JMADEUPFAILURE0000000000";

/// The correlation id: unlike those that the machine makes.
const UUID: &str = "5eb1c3a2-7d4f-4e6b-9a08-2f1d6c3b4a59";

/// Few branches are left where so much is known.
const LIMITS: Limits = Limits { paths: 6, fuel: 80_000 };

/// What a function does in runs that are made up.
#[derive(Debug)]
pub struct MadeUp {
    /// The texts and numbers of the event's data: fields that are no lists or objects.
    pub data: Vec<(String, String)>,
    /// What its handler does.
    pub runs: Vec<Run>,
    /// What it does when nothing outside of the application answers.
    pub broken: Runs,
    /// The runs in which something failed, when nothing is written and all that only reads answers.
    pub unwritten: Runs,
    /// The number of its last attempt.
    pub last: f64,
    /// What it does then when nothing outside answers.
    pub spent: Runs,
    /// What its `onFailure` does.
    pub failure: Vec<Run>,
    /// Parameters of the contract that change nothing of what it does, and something of what the inline path does in the
    /// same code.
    pub dropped: Vec<String>,
}

/// Calls a function as Inngest does; `None` where the contract does not have its event.
pub fn make_up<'p>(
    asker: &Asker<'p>,
    contract: &Contract,
    basis: &Basis,
    found: &Found,
    inline: Option<&InlinePath<'_>>,
) -> Option<MadeUp> {
    let name = found.event();
    let (offload, event) = contract.events().find(|(_, event)| event.name.value == name)?;
    let maker = Maker::of(contract, offload, event)?;
    let (at, world) = (found.at(), world(basis, None));
    let handle = |machine: &mut Machine<'p>, attempt: f64, maker: &Maker<'_>| handle(machine, found, attempt, maker);
    let runs = asker.explorer.explore(world.clone(), LIMITS, |machine| handle(machine, ATTEMPT, &maker));
    let fails = |breaks: Breaks, attempt: f64, limits: Limits| {
        let world = World { breaks: Some(breaks), ..world.clone() };
        let explored = asker.explorer.explore(world, limits, |machine| handle(machine, attempt, &maker));
        Runs::new(runs_of(explored.paths, found), explored.is_whole)
    };
    let last = found.retries();
    let (broken, spent) = (fails(super::ALL, 0.0, LIMITS), fails(super::ALL, last, LIMITS));
    let many = Limits { paths: 2 * LIMITS.paths, ..LIMITS };
    let unwritten = fails(super::WRITES, 0.0, many);
    let does = |given: &[Given], limits: Limits| {
        let maker = Maker { given: given.to_vec(), ..maker.clone() };
        done(asker, world.clone(), limits, |machine| handle(machine, 0.0, &maker))
    };
    let dropped = inline.map(|inline| dropped(&inline.claimed(), does, |given| inline.done(asker, basis, given)));
    let dropped = dropped.unwrap_or_default().into_iter().map(ToOwned::to_owned).collect();
    let failure = asker.explorer.explore(world, LIMITS, |machine| {
        let Some(index) = definition_of(machine, found) else { return Ok(Value::Undefined) };
        machine.forget();
        let options = machine.definitions()[index].options.clone();
        let handler = machine.member(&options, "onFailure", at)?;
        if !handler.is_callable() {
            return Ok(Value::Undefined);
        }
        let original = maker.event(machine, at);
        let error = machine.error("Error", "the retries are spent", at);
        let context = machine.failure_context(original, error, at);
        is_run(&context, FAILURE_ID, 0.0, at);
        let event = machine.member(&context, "event", at)?;
        let data = machine.member(&event, "data", at)?;
        set(&data, "run_id", Value::text(RUN_ID), at);
        let answer = machine.call(&handler, Value::Undefined, vec![context], at)?;
        machine.settled(answer, at)
    });
    let of = |explored: Explored<'p>| runs_of(explored.paths, found);
    Some(MadeUp {
        data: maker.texts(),
        runs: of(runs),
        broken,
        unwritten: super::that_failed(unwritten),
        last,
        spent,
        failure: of(failure),
        dropped,
    })
}

/// Another attempt of a run that is made up, for who asks what decides.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trial<'t> {
    /// The number of the attempt.
    pub attempt: f64,
    /// A field that the event lacks.
    pub without: Option<&'t str>,
    /// A variable with its value.
    pub set: Option<(&'t str, &'t str)>,
}

/// What a handler does in another attempt.
pub fn try_out(
    asker: &Asker<'_>,
    contract: &Contract,
    basis: &Basis,
    found: &Found,
    trial: &Trial<'_>,
) -> Option<Runs> {
    let name = found.event();
    let (offload, event) = contract.events().find(|(_, event)| event.name.value == name)?;
    let maker = Maker { without: trial.without, ..Maker::of(contract, offload, event)? };
    let world = world(basis, trial.set);
    let explored = asker.explorer.explore(world, WORK, |machine| handle(machine, found, trial.attempt, &maker));
    Some(Runs::new(runs_of(explored.paths, found), explored.is_whole))
}

/// Calls the handler of a function in one attempt of a run.
fn handle<'p>(machine: &mut Machine<'p>, found: &Found, attempt: f64, maker: &Maker<'_>) -> Outcome<'p> {
    call_handler(machine, found, |machine, at| {
        let event = maker.event(machine, at);
        let context = machine.handler_context(event, at);
        is_run(&context, RUN_ID, attempt, at);
        context
    })
}

fn is_run(context: &Value<'_>, id: &str, attempt: f64, at: Site) {
    set(context, "runId", Value::text(id), at);
    set(context, "attempt", Value::Number(attempt), at);
}

fn set<'p>(object: &Value<'p>, name: &str, value: Value<'p>, at: Site) {
    if let Some(object) = object.as_object() {
        object.set(Slot { name: Text::from(name), value, is_getter: false, at });
    }
}

/// Makes an event of the contract up.
#[derive(Clone)]
struct Maker<'c> {
    contract: &'c Contract,
    offload: &'c Offload,
    event: &'c Event,
    requested: Instant,
    key: String,
    window: Option<(Instant, u64)>,
    /// The parameters of the request.
    given: Vec<(String, String)>,
    /// A field that the event lacks.
    without: Option<&'c str>,
}

impl<'c> Maker<'c> {
    fn of(contract: &'c Contract, offload: &'c Offload, event: &'c Event) -> Option<Self> {
        // Another instant than that of the run.
        let requested = Instant::parse(INSTANTS[INSTANTS.len() - 1])?;
        let events = offload.dispatch()?;
        let given = params(offload);
        let derived = derive(offload, events, requested, None, &given, UUID)?;
        let window = derived.window.map(|(start, size)| (start, size.seconds()));
        Some(Self { contract, offload, event, requested, key: derived.dispatch_key, window, given, without: None })
    }

    fn fields(&self) -> impl Iterator<Item = &'c Field> {
        let payload = self.contract.payloads.get(&self.event.payload.value);
        let is_there = |field: &&Field| self.without != Some(field.name.as_str());
        payload.into_iter().flat_map(|payload| &payload.fields).filter(is_there)
    }

    /// The event as a handler gets it.
    fn event<'p>(&self, machine: &mut Machine<'p>, at: Site) -> Value<'p> {
        let data: Vec<(&str, Value<'p>)> =
            self.fields().filter_map(|field| Some((field.name.as_str(), self.value(machine, field, at)?))).collect();
        let data = machine.record(data, at);
        let properties = vec![
            ("name", Value::text(&self.event.name.value)),
            ("id", Value::text(EVENT_ID)),
            ("ts", Value::Number(self.requested.millis() as f64 + 1_500.0)),
            ("data", data),
        ];
        let event = machine.record(properties, at);
        if let Some(object) = event.as_object() {
            object.open();
        }
        event
    }

    fn value<'p>(&self, machine: &mut Machine<'p>, field: &Field, at: Site) -> Option<Value<'p>> {
        if field.from.as_ref().is_some_and(|from| from.value == Binding::Params) {
            let given: Vec<(&str, Value<'p>)> =
                self.given.iter().map(|(name, value)| (name.as_str(), Value::text(trim(value)))).collect();
            return (!given.is_empty()).then(|| machine.record(given, at));
        }
        match self.text(field) {
            Some(text) => Some(Value::text(&text)),
            None if field.optional => None,
            None => Some(self.of_type(machine, field, &field.type_.value, at)),
        }
    }

    fn of_type<'p>(&self, machine: &mut Machine<'p>, field: &Field, type_: &Type, at: Site) -> Value<'p> {
        match type_ {
            Type::Integer | Type::Number => Value::Number(self.number(field)),
            Type::Boolean => Value::Bool(true),
            Type::Array(_) => machine.list(Vec::new(), at),
            Type::Map(_) => machine.record(Vec::new(), at),
            // What such a field holds the contract says too little of.
            _ => machine.opaque(super::super::machine::Origin::Other("a field"), Default::default(), at),
        }
    }

    fn number(&self, field: &Field) -> f64 {
        match (&field.from, self.window) {
            (Some(from), Some((_, size))) if from.value == Binding::WindowSeconds => size as f64,
            _ => field.bounds.get("minimum").and_then(serde_json::Value::as_f64).unwrap_or(7.0),
        }
    }

    /// What a field of text holds.
    fn text(&self, field: &Field) -> Option<String> {
        let binding = field.from.as_ref().map(|from| from.value);
        Some(match (binding, &field.type_.value) {
            (Some(Binding::Source), _) => self.offload.dispatch()?.source.value.clone(),
            (Some(Binding::DispatchKey), _) => self.key.clone(),
            (Some(Binding::Uuid), _) | (_, Type::Uuid) => UUID.to_owned(),
            (Some(Binding::WindowStart), _) => self.window?.0.iso(),
            (Some(Binding::Now), _) | (_, Type::Timestamp) => self.requested.iso(),
            (_, Type::Date) => self.requested.iso().get(..10)?.to_owned(),
            (_, Type::Url) => "https://example.test/made-up".to_owned(),
            (_, Type::Enum(values)) => values.first()?.clone(),
            (_, Type::String) => format!("made-up-{}", field.name),
            _ => return None,
        })
    }

    fn texts(&self) -> Vec<(String, String)> {
        self.fields().filter_map(|field| Some((field.name.clone(), self.text(field)?))).collect()
    }
}

/// Parameters that the contract lets through.
pub(super) fn params(offload: &Offload) -> Vec<(String, String)> {
    let names = offload.params.as_ref().map(|params| params.sorted()).unwrap_or_default();
    names.into_iter().map(|name| (name.to_owned(), "7".to_owned())).collect()
}
