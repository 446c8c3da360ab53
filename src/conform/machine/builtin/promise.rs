//! Promises. Everything runs at once: a promise is kept or broken when it is made.

use std::cell::RefCell;

use super::super::super::program::{Site, Text};
use super::super::{Abrupt, Kind, Machine, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    fn promise(&mut self, result: Outcome<'p>, at: Site) -> Outcome<'p> {
        let result = match result {
            Ok(value) => match self.settle(value, at) {
                Ok(value) => Ok(value),
                Err(Abrupt::Throw(error)) => Err(error),
                Err(Abrupt::Halt) => return Err(Abrupt::Halt),
            },
            Err(Abrupt::Throw(error)) => Err(error),
            Err(Abrupt::Halt) => return Err(Abrupt::Halt),
        };
        Ok(self.object(Kind::Promise(result), at))
    }

    pub(super) fn promise_function(&mut self, name: &str, first: &Value<'p>, at: Site) -> Outcome<'p> {
        match name {
            "resolve" => self.promise(Ok(first.clone()), at),
            "reject" => self.promise(Err(Abrupt::Throw(first.clone())), at),
            "all" | "allSettled" => {
                let Some(items) = self.sequence(first, at) else {
                    let unknown = self.mixed("a list", &[first], at);
                    return self.promise(Ok(unknown), at);
                };
                let mut out = Vec::with_capacity(items.len());
                for item in items {
                    let settled = self.settle(item, at);
                    match (name, settled) {
                        (_, Err(Abrupt::Halt)) => return Err(Abrupt::Halt),
                        ("all", Ok(value)) => out.push(value),
                        ("all", Err(error)) => return self.promise(Err(error), at),
                        (_, Ok(value)) => {
                            let status = Value::text("fulfilled");
                            out.push(self.record(vec![("status", status), ("value", value)], at));
                        }
                        (_, Err(Abrupt::Throw(reason))) => {
                            let status = Value::text("rejected");
                            out.push(self.record(vec![("status", status), ("reason", reason)], at));
                        }
                    }
                }
                let list = self.list(out, at);
                self.promise(Ok(list), at)
            }
            "race" | "any" => {
                let Some(items) = self.sequence(first, at) else { return Ok(self.unknown("a promise", at)) };
                // What waits for a timer is settled after all that does not.
                self.wait(&|| items.iter().any(|item| !is_open(item)))?;
                let (open, settled): (Vec<_>, Vec<_>) = items.into_iter().partition(is_open);
                let waits = !self.walk.timers.is_empty();
                let mut errors = Vec::new();
                for item in settled.into_iter().chain(open) {
                    // Which one is first where one is still open, nobody knows.
                    if is_open(&item) && !waits {
                        return Ok(self.unknown("a promise", at));
                    }
                    match self.settle(item, at) {
                        Err(Abrupt::Throw(error)) if name == "any" => errors.push(error),
                        settled => return self.promise(settled, at),
                    }
                }
                if name == "race" {
                    return Ok(self.unknown("a promise", at));
                }
                let error = self.error("AggregateError", "All promises were rejected", at);
                if let Value::Object(object) = &error {
                    let value = self.list(errors, at);
                    object.set(Slot { name: Text::from("errors"), value, is_getter: false, at });
                }
                self.promise(Err(Abrupt::Throw(error)), at)
            }
            "withResolvers" => {
                let pending = self.object(Kind::Pending(RefCell::new(None)), at);
                let resolve = self.object(Kind::Method(pending.clone(), Text::from("resolve")), at);
                let reject = self.object(Kind::Method(pending.clone(), Text::from("reject")), at);
                Ok(self.record(vec![("promise", pending), ("resolve", resolve), ("reject", reject)], at))
            }
            _ => self.unmodelled("a promise", &[], std::slice::from_ref(first), at),
        }
    }

    pub(super) fn new_promise(&mut self, executor: &Value<'p>, at: Site) -> Outcome<'p> {
        let pending = self.object(Kind::Pending(RefCell::new(None)), at);
        let resolve = self.object(Kind::Method(pending.clone(), Text::from("resolve")), at);
        let reject = self.object(Kind::Method(pending.clone(), Text::from("reject")), at);
        match self.call(executor, Value::Undefined, vec![resolve, reject], at) {
            Err(Abrupt::Throw(error)) => self.promise(Err(Abrupt::Throw(error)), at),
            Err(Abrupt::Halt) => Err(Abrupt::Halt),
            Ok(_) => Ok(pending),
        }
    }

    pub(super) fn promise_method(
        &mut self,
        promise: &Value<'p>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if let Some(Kind::Pending(result)) = promise.as_object().map(|object| &object.kind)
            && matches!(name, "resolve" | "reject")
        {
            if result.borrow().is_none() {
                if let Some(promise) = promise.as_object() {
                    self.may_hold_itself(promise);
                    self.kept.push(promise.born);
                }
                let value = if name == "resolve" { self.settle(first, at) } else { Err(Abrupt::Throw(first)) };
                *result.borrow_mut() = Some(match value {
                    Ok(value) => Ok(value),
                    Err(Abrupt::Throw(error)) => Err(error),
                    Err(Abrupt::Halt) => return Err(Abrupt::Halt),
                });
            }
            return Ok(Value::Undefined);
        }
        let settled = match self.settle(promise.clone(), at) {
            Ok(value) => Ok(value),
            Err(Abrupt::Throw(error)) => Err(error),
            Err(Abrupt::Halt) => return Err(Abrupt::Halt),
        };
        let result = match (name, settled) {
            ("then", Ok(value)) if first.is_callable() => self.call(&first, Value::Undefined, vec![value], at),
            ("then", Err(error)) => match arguments.get(1) {
                Some(caught) if caught.is_callable() => self.call(&caught.clone(), Value::Undefined, vec![error], at),
                _ => Err(Abrupt::Throw(error)),
            },
            ("catch", Err(error)) if first.is_callable() => self.call(&first, Value::Undefined, vec![error], at),
            ("finally", settled) => {
                if first.is_callable() {
                    self.call(&first, Value::Undefined, Vec::new(), at)?;
                }
                settled.map_err(Abrupt::Throw)
            }
            ("then" | "catch", settled) => settled.map_err(Abrupt::Throw),
            _ => return self.no_method(promise, name, &arguments, at),
        };
        self.promise(result, at)
    }
}

/// Whether a promise is not settled yet.
fn is_open(value: &Value<'_>) -> bool {
    matches!(value.as_object().map(|object| &object.kind), Some(Kind::Pending(result)) if result.borrow().is_none())
}
