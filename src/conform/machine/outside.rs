//! What is outside of the application: whether it answers, what of an event it is given, and the functions that it calls
//! back.

use std::rc::Rc;

use super::super::program::{Site, Text};
use super::forgotten::is_promise;
use super::{Abrupt, Breaks, EffectKind, Kind, Machine, Opaque, Origin, Outcome, Taint, Value};

/// Whether it is a method that texts, lists and numbers have: whoever has it, it changes nothing outside.
pub(super) fn is_harmless(name: &str) -> bool {
    matches!(
        name,
        "at" | "charAt"
            | "concat"
            | "endsWith"
            | "entries"
            | "every"
            | "filter"
            | "find"
            | "findIndex"
            | "flat"
            | "flatMap"
            | "forEach"
            | "getTime"
            | "has"
            | "includes"
            | "indexOf"
            | "join"
            | "keys"
            | "lastIndexOf"
            | "localeCompare"
            | "map"
            | "match"
            | "padEnd"
            | "padStart"
            | "reduce"
            | "repeat"
            | "replace"
            | "replaceAll"
            | "slice"
            | "some"
            | "sort"
            | "split"
            | "startsWith"
            | "substring"
            | "test"
            | "toFixed"
            | "toISOString"
            | "toJSON"
            | "toLocaleString"
            | "toLowerCase"
            | "toString"
            | "toUpperCase"
            | "trim"
            | "trimEnd"
            | "trimStart"
            | "values"
            | "valueOf"
    )
}

impl<'p> Machine<'p> {
    /// Calls something outside where some of it does not answer. What is given functions, as a wrapper is, calls
    /// them and hands on what they throw.
    pub(super) fn call_broken(
        &mut self,
        callee: &Rc<Opaque<'p>>,
        breaks: Breaks,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let mut given = arguments.iter().filter(|argument| argument.is_callable()).peekable();
        // A client is made without asking anybody.
        let is_maker =
            self.walk.outermost > 0 || matches!(&callee.origin, Origin::Package(_, name) if &**name != "fetch");
        if given.peek().is_none() && !is_maker && (breaks.has)(&callee.describe()) {
            self.effect(EffectKind::Break, at);
            let error = self.error("Error", "it does not answer", at);
            return Ok(self.object(Kind::Promise(Err(error)), at));
        }
        for function in given {
            let unknown = vec![self.unknown("an argument", at); 3];
            match self.call(function, Value::Undefined, unknown, at).and_then(|value| self.settle(value, at)) {
                Ok(_) => {}
                Err(Abrupt::Throw(error)) => return Ok(self.object(Kind::Promise(Err(error)), at)),
                Err(Abrupt::Halt) => return Err(Abrupt::Halt),
            }
        }
        Ok(self.opaque(given_by(callee), callee.taint, at))
    }

    /// Something outside is given values: of an event that is among them all is read.
    pub(super) fn note_given(&mut self, values: &[Value<'p>], at: Site) {
        if values.iter().any(|value| holds_event(value, 0)) {
            self.effect(EffectKind::Field(Text::from("*")), at);
        }
    }

    pub(super) fn outside_promise(
        &mut self,
        of: &Rc<Opaque<'p>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let value = Value::Opaque(of.clone());
        let first = arguments.into_iter().next().unwrap_or(Value::Undefined);
        match name {
            "then" if first.is_callable() => {
                let given = self.opaque(Origin::Call(of.clone()), of.taint, at);
                self.call(&first, Value::Undefined, vec![given], at)
            }
            "catch" if first.is_callable() => {
                if self.walk.decisions.decide_unlikely((at, 0), self.walk.depth) {
                    self.effect(EffectKind::Break, at);
                    let error = self.unknown("an error", at);
                    return self.call(&first, Value::Undefined, vec![error], at);
                }
                Ok(value)
            }
            "finally" if first.is_callable() => {
                self.call(&first, Value::Undefined, Vec::new(), at)?;
                Ok(value)
            }
            _ => Ok(value),
        }
    }

    /// Something outside is given values: of several functions among them nobody knows which is called when, and with
    /// what.
    pub(super) fn doubt_among(&mut self, arguments: &[Value<'p>], at: Site) {
        if arguments.iter().filter(|argument| argument.is_callable()).count() > 1 {
            self.doubt(at);
        }
    }

    /// Functions that something outside is given may be called: each is, once. What they are given is the caller's. What
    /// a wrapper around the only one gives, where that is an answer or a failure: the function's own.
    pub(super) fn run_callbacks(
        &mut self,
        arguments: &[Value<'p>],
        caller: Option<&Rc<Opaque<'p>>>,
        at: Site,
    ) -> Outcome<'p, GivenBack<'p>> {
        let count = arguments.iter().filter(|argument| argument.is_callable()).count();
        let is_only = count == 1;
        let mut given_back = GivenBack::default();
        for argument in arguments {
            let Some(object) = argument.as_object() else { continue };
            // What waits for it goes on once that has happened.
            if matches!(&object.kind, Kind::Method(of, name) if &**name == "resolve" && is_promise(of)) {
                let given = self.unknown("an argument", at);
                self.call(argument, Value::Undefined, vec![given], at)?;
            }
            if let Kind::Function(closure) = &object.kind {
                let count = closure.function.parameters.len();
                let given = (0..count)
                    .map(|_| match caller {
                        Some(caller) => self.opaque(Origin::Argument(caller.clone()), Taint::default(), at),
                        None => self.unknown("an argument", at),
                    })
                    .collect();
                let outcome = match self.enter(closure, Value::Undefined, given, at) {
                    Ok(value) => self.settle(value, at),
                    thrown => thrown,
                };
                match outcome {
                    Err(Abrupt::Halt) => return Err(Abrupt::Halt),
                    // What a callback throws, whoever calls it gets: a wrapper lets it through, or not.
                    Err(thrown)
                        if is_only && self.walk.decisions.decide((at, 3), self.walk.depth, Taint::default()) =>
                    {
                        return Err(thrown);
                    }
                    Ok(value) if is_only && is_answer(&value) => given_back.answer = Some(value),
                    Ok(value) => given_back.has_function |= value.is_callable(),
                    Err(Abrupt::Throw(_)) => {}
                }
            }
        }
        Ok(given_back)
    }
}

/// What functions that something outside was given gave it.
#[derive(Default)]
pub(super) struct GivenBack<'p> {
    /// What the only one of them answered.
    pub(super) answer: Option<Value<'p>>,
    /// Whether a function of the application is among it: nobody knows whether that is called.
    pub(super) has_function: bool,
}

/// What a call of something outside gives: a client where a package's function is named after making one, else whatever
/// it may be.
pub(super) fn given_by<'p>(callee: &Rc<Opaque<'p>>) -> Origin<'p> {
    match &callee.origin {
        Origin::Package(_, name) if name.starts_with("create") && MADE.iter().any(|made| name.ends_with(made)) => {
            Origin::Made(callee.clone())
        }
        _ => Origin::Call(callee.clone()),
    }
}

/// What the functions of packages make that begin with `create`, and that is never nothing.
const MADE: [&str; 3] = ["Client", "Pool", "Connection"];

fn is_answer(value: &Value<'_>) -> bool {
    value.as_object().is_some_and(|object| matches!(object.kind, Kind::Response(..)))
}

/// Whether a value holds the data of an event, or the event; only its first layers are looked at.
fn holds_event(value: &Value<'_>, depth: u32) -> bool {
    match value {
        Value::Opaque(opaque) => match &opaque.origin {
            Origin::Event | Origin::EventData => true,
            Origin::Json(of) => holds_event(of, depth + 1),
            _ => false,
        },
        Value::Object(object) if depth < 4 => {
            let items = match &object.kind {
                Kind::List(items) => items.borrow().iter().any(|item| holds_event(item, depth + 1)),
                _ => false,
            };
            items || object.properties.borrow().iter().any(|slot| holds_event(&slot.value, depth + 1))
        }
        _ => false,
    }
}
