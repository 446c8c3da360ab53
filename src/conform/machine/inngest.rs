//! What the `inngest` package does, as far as a contract speaks of it: clients, functions, steps, sending.
//!
//! Shapes after the SDK's majors 3 and 4: `createFunction(options, trigger, handler)` and
//! `createFunction({ ...options, triggers }, handler)`.

use std::rc::Rc;

use super::super::program::{Site, Text};
use super::{Abrupt, EffectKind, Kind, Machine, Object, Origin, Outcome, SendOutcome, Slot, Taint, Value, World};

/// A function that the application defines.
#[derive(Debug, Clone)]
pub struct Definition<'p> {
    /// Its options.
    pub options: Value<'p>,
    /// What triggers it: an object, a list of them, or unknown.
    pub triggers: Value<'p>,
    /// What it does.
    pub handler: Value<'p>,
    /// Where it is defined.
    pub at: Site,
}

/// The id that Inngest gives a function, for people.
pub const FUNCTION_ID: &str = "the function's id";

/// Step tools whose second argument is run.
const RUNS: [&str; 2] = ["run", "wrap"];

impl<'p> Machine<'p> {
    pub(super) fn define(&mut self, arguments: Vec<Value<'p>>, at: Site) -> Value<'p> {
        let mut arguments = arguments.into_iter();
        let options = arguments.next().unwrap_or(Value::Undefined);
        let second = arguments.next().unwrap_or(Value::Undefined);
        let (triggers, handler) = match arguments.next() {
            Some(handler) => (second, handler),
            None => {
                let triggers = self.member(&options, "triggers", at).unwrap_or(Value::Undefined);
                (triggers, second)
            }
        };
        // The same call of a factory, run twice, defines twice; equal places with equal ids are one.
        self.walk.definitions.push(Definition { options, triggers, handler, at });
        let index = self.walk.definitions.len() - 1;
        self.object(Kind::Definition(index), at)
    }

    pub(super) fn send(&mut self, events: Value<'p>, at: Site) -> Outcome<'p> {
        let events = self.settle(events, at)?;
        self.walk.has_sent_enough = self.shows_enough(&events);
        self.effect(EffectKind::Send(events), at);
        if self.walk.has_sent_enough {
            return Err(Abrupt::Halt);
        }
        let result = match self.world.send {
            SendOutcome::Taken => {
                let id = Value::text("01J000000000000000000000000");
                let ids = self.list(vec![id], at);
                Ok(self.record(vec![("ids", ids)], at))
            }
            SendOutcome::Throws => Err(self.any_error(at)),
        };
        Ok(self.object(Kind::Promise(result), at))
    }

    /// Whether one of these events is all that is asked for.
    fn shows_enough(&self, events: &Value<'p>) -> bool {
        let Some(names) = &self.world.enough_sent else { return false };
        let is_one = |event: &Value<'p>| {
            let name = event.as_object().and_then(|object| object.own("name"));
            name.is_some_and(|(name, _)| name.as_text().is_some_and(|name| names.contains(name)))
        };
        match events.as_object().map(|object| &object.kind) {
            Some(Kind::List(items)) => items.borrow().iter().any(is_one),
            _ => is_one(events),
        }
    }

    pub(super) fn inngest_member(
        &mut self,
        object: &Rc<Object<'p>>,
        value: &Value<'p>,
        name: &str,
        at: Site,
    ) -> Value<'p> {
        match (&object.kind, name) {
            (Kind::EventType(event), "name" | "event") => event.clone(),
            (Kind::Definition(index), "name") => {
                let name = self.option_of(*index, "name", at);
                if name.is_nullish() { self.option_of(*index, "id", at) } else { name }
            }
            (Kind::Definition(index), "opts") => self.walk.definitions[*index].options.clone(),
            (Kind::Client, "id") => self.unknown("a client's id", at),
            _ => self.object(Kind::Method(value.clone(), Text::from(name)), at),
        }
    }

    fn option_of(&mut self, index: usize, name: &str, at: Site) -> Value<'p> {
        let options = self.walk.definitions[index].options.clone();
        self.member(&options, name, at).unwrap_or(Value::Undefined)
    }

    /// `f.id()` of a function: the client's id is put before it when that is given.
    pub(super) fn definition_id(&mut self, index: usize, arguments: Vec<Value<'p>>, at: Site) -> Value<'p> {
        let id = self.option_of(index, "id", at);
        match arguments.into_iter().next() {
            Some(before) if !before.is_nullish() => self.joined(vec![before, Value::text("-"), id], at),
            _ => id,
        }
    }

    pub(super) fn call_client(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        match name {
            "send" => self.send(arguments.into_iter().next().unwrap_or(Value::Undefined), at),
            "createFunction" => Ok(self.define(arguments, at)),
            _ => Ok(self.unknown("an Inngest client", at)),
        }
    }

    /// `requested.create(data, { id })` of an event type.
    pub(super) fn call_event_type(
        &mut self,
        event: &Value<'p>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        if name != "create" {
            return Ok(self.unknown("an event type", at));
        }
        let mut arguments = arguments.into_iter();
        let data = arguments.next().unwrap_or(Value::Undefined);
        let made = self.record(vec![("name", event.clone()), ("data", data)], at);
        if let (Some(object), Some(options)) = (made.as_object(), arguments.next()) {
            self.copy_properties(&options, &object.clone(), at)?;
        }
        Ok(made)
    }

    /// A call of a step tool. What a step gives is opaque: on a replay it comes from memory.
    pub(super) fn call_step(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let mut arguments = arguments.into_iter();
        let id = arguments.next().unwrap_or(Value::Undefined);
        self.effect(EffectKind::Step(id), at);
        if RUNS.contains(&name) {
            let run = arguments.next().unwrap_or(Value::Undefined);
            self.walk.steps += 1;
            let depended = self.walk.path_taint.common(Taint::STEP);
            let result = self.call(&run, Value::Undefined, arguments.collect(), at);
            let result = result.and_then(|value| self.settle(value, at));
            self.walk.steps -= 1;
            // What leads through a step is gone again when the step is.
            self.walk.path_taint = self.walk.path_taint.without(Taint::STEP).with(depended);
            return match result {
                Ok(value) => {
                    self.effect(EffectKind::Gave(value), at);
                    Ok(self.opaque(Origin::StepResult, Taint::STEP, at))
                }
                Err(Abrupt::Throw(error)) => Ok(self.object(Kind::Promise(Err(error)), at)),
                Err(Abrupt::Halt) => Err(Abrupt::Halt),
            };
        }
        // What is asked of Inngest itself, as another function's run is.
        let given: Vec<Value<'p>> = arguments.as_slice().to_vec();
        self.note_given(&given, at);
        if matches!(name, "invoke" | "fetch") {
            let what = Text::from(format!("step.{name}"));
            self.effect(EffectKind::Outside(what, given.as_slice().into(), None), at);
        }
        if name == "sendEvent" {
            let events = arguments.next().unwrap_or(Value::Undefined);
            self.walk.steps += 1;
            self.effect(EffectKind::Send(events), at);
            self.walk.steps -= 1;
        }
        Ok(self.opaque(Origin::StepResult, Taint::STEP, at))
    }

    /// What a handler is called with.
    pub fn handler_context(&mut self, event: Value<'p>, at: Site) -> Value<'p> {
        let attempt = self.opaque(Origin::Other("the attempt"), Taint::ATTEMPT, at);
        let run = self.opaque(Origin::Other("the run's id"), Taint::default(), at);
        let step = self.object(Kind::Step, at);
        let logger = self.native("console");
        let events = self.list(vec![event.clone()], at);
        let properties = vec![
            ("event", event),
            ("events", events),
            ("step", step),
            ("runId", run),
            ("attempt", attempt),
            ("logger", logger),
        ];
        let context = self.record(properties, at);
        if let Some(object) = context.as_object() {
            object.open();
        }
        context
    }

    /// What an `onFailure` handler is called with, when `original` was the event of the run that failed.
    pub fn failure_context(&mut self, original: Value<'p>, error: Value<'p>, at: Site) -> Value<'p> {
        let run = self.unknown("the run's id", at);
        let function = self.unknown(FUNCTION_ID, at);
        let data = vec![("event", original), ("run_id", run), ("function_id", function), ("error", error.clone())];
        let data = self.record(data, at);
        let event = self.record(vec![("name", Value::text("inngest/function.failed")), ("data", data)], at);
        let context = self.handler_context(event, at);
        if let Some(object) = context.as_object() {
            object.set(Slot { name: Text::from("error"), value: error, is_getter: false, at });
        }
        context
    }

    /// An error of which nothing is known but that it is one.
    pub fn any_error(&mut self, at: Site) -> Value<'p> {
        let error = self.error("Error", "", at);
        if let Some(object) = error.as_object() {
            for name in ["name", "message", "stack", "code", "status", "cause"] {
                let value = self.opaque(Origin::Other("what an error says"), Taint::FAILURE, at);
                object.set(Slot { name: Text::from(name), value, is_getter: false, at });
            }
        }
        error
    }

    /// What was done so far counts no more: it belongs to what came before.
    pub fn forget(&mut self) {
        self.walk.effects.clear();
    }

    /// Another call of the same process begins, at another instant: what modules hold is as it was left.
    pub fn begin_again(&mut self, now: f64, at: Site) {
        self.effect(EffectKind::Again, at);
        self.walk.decisions.begin_again();
        self.world = Rc::new(World { now, ..(*self.world).clone() });
        // It is another world: what the first one said holds no more.
        self.told.take();
        (self.walk.path_taint, self.walk.outside, self.is_again) = (Taint::default(), 0, true);
    }

    /// What awaiting a value gives.
    pub fn settled(&mut self, value: Value<'p>, at: Site) -> Outcome<'p> {
        self.settle(value, at)
    }

    /// An event whose data is not known.
    pub fn any_event(&mut self, name: &str, at: Site) -> Value<'p> {
        let data = self.opaque(Origin::EventData, Taint::default(), at);
        let event = self.record(vec![("name", Value::text(name)), ("data", data)], at);
        if let Some(object) = event.as_object() {
            object.open();
        }
        event
    }
}
