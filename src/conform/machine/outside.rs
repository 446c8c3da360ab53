//! What is outside of the application: whether it answers, and what of an event it is given.

use std::rc::Rc;

use super::super::program::{Site, Text};
use super::{Abrupt, EffectKind, Kind, Machine, Opaque, Origin, Outcome, Value};

impl<'p> Machine<'p> {
    /// Calls something outside where some of it does not answer. What is given functions, as a wrapper is, calls
    /// them and hands on what they throw.
    pub(super) fn call_broken(
        &mut self,
        callee: &Rc<Opaque<'p>>,
        breaks: fn(&str) -> bool,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let mut given = arguments.iter().filter(|argument| argument.is_callable()).peekable();
        // A client is made without asking anybody.
        let is_maker = self.outermost > 0 || matches!(&callee.origin, Origin::Package(_, name) if &**name != "fetch");
        if given.peek().is_none() && !is_maker && breaks(&callee.describe()) {
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
        Ok(self.opaque(Origin::Call(callee.clone()), callee.taint, at))
    }

    /// Something outside is given values: of an event that is among them all is read.
    pub(super) fn note_given(&mut self, values: &[Value<'p>], at: Site) {
        if values.iter().any(|value| holds_event(value, 0)) {
            self.effect(EffectKind::Field(Text::from("*")), at);
        }
    }
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
