//! Calls: of functions of the application, of what is modelled, and of what is outside.

use std::rc::Rc;

use super::super::program::{ARGUMENTS, Site, Statement, StatementKind, Text};
use super::builtin::list::iterator::{DOES, LAST};
use super::forgotten::is_promise;
use super::iterate::MOST_MADE;
use super::outside::{given_by, is_harmless};
use super::statement::Flow;
use super::{
    Abrupt, Begun, Closure, DEPTH, Effect, EffectKind, Frame, FunctionId, Kind, Machine, Opaque, Origin, Outcome, Rest,
    Scope, Taint, Value,
};

impl<'p> Machine<'p> {
    /// Calls a value.
    pub fn call(&mut self, function: &Value<'p>, this: Value<'p>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        match function {
            Value::Object(object) => match &object.kind {
                Kind::Function(closure) => self.enter(closure, this, arguments, at),
                Kind::Native(path) => self.call_native(path, arguments, at),
                Kind::Method(of, name) => self.call_member(of, name, arguments, at),
                Kind::Bound(inner, this, first) => {
                    let mut all = first.clone();
                    all.extend(arguments);
                    self.call(inner, this.clone(), all, at)
                }
                _ => Ok(self.unknown("a call", at)),
            },
            Value::Opaque(opaque) => self.call_outside(opaque, arguments, at),
            Value::Undefined | Value::Null => self.throw("TypeError", "it is not a function", at),
            _ => Ok(self.unknown("a call", at)),
        }
    }

    /// `new callee(...)`.
    pub(super) fn construct(&mut self, callee: &Value<'p>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        match callee {
            Value::Object(object) => match &object.kind {
                Kind::Class { .. } => self.instantiate(object, arguments, at),
                Kind::Native(path) => self.construct_native(path, arguments, at),
                _ => Ok(self.unknown("an object", at)),
            },
            Value::Opaque(opaque) => {
                self.doubt_among(&arguments, at);
                self.run_callbacks(&arguments, Some(opaque), at)?;
                let made = self.opaque(Origin::Made(opaque.clone()), opaque.taint, at);
                self.name_what_is_made(&made, arguments.first());
                Ok(made)
            }
            _ => Ok(self.unknown("an object", at)),
        }
    }

    /// Enters a function of the application.
    pub(super) fn enter(
        &mut self,
        closure: &Closure<'p>,
        this: Value<'p>,
        mut arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let function = closure.function;
        let id = FunctionId::of(closure.module, function.range);
        if self.writer == Some(id) {
            self.effect(EffectKind::Status(arguments.into_iter().next().unwrap_or(Value::Undefined)), at);
            let is_waited_for = function.is_async || function.body.iter().any(returns);
            return Ok(if is_waited_for {
                self.object(Kind::Promise(Ok(Value::Undefined)), at)
            } else {
                Value::Undefined
            });
        }
        if self.walk.depth >= DEPTH {
            return Ok(self.unknown("a deep call", at));
        }
        let scope = Scope::of_call(closure);
        let this = if function.is_arrow { closure.this.clone() } else { this };
        let frame = Frame { module: closure.module, scope, this, home: closure.home.clone() };
        // Code that stands for a package does what it does where the application calls it, and is not told.
        let is_package = self.app.is_package(closure.module);
        let lent = self.lent;
        if is_package {
            self.lent = lent.or(Some(at));
        } else {
            self.lent = None;
            let given = arguments.iter().filter_map(function_of).collect();
            let name = function.name.clone().unwrap_or_else(|| self.shared.no_name.clone());
            let of_query = self.world.other_query == Rest::Unknown
                && arguments.iter().chain(std::iter::once(&frame.this)).any(Value::is_of_query);
            self.effect(EffectKind::Enter(id, name, given, of_query), lent.unwrap_or(at));
        }
        self.walk.depth += 1;
        let (tries, outermost) = (self.walk.tries.len(), std::mem::take(&mut self.walk.outermost));
        let result = match self.summarised(closure, &frame.this, &arguments, at) {
            Some(told) => told,
            None => self.body(closure, &frame, &mut arguments),
        };
        self.walk.tries.truncate(tries);
        self.walk.outermost = outermost;
        self.walk.depth -= 1;
        let threw = match &result {
            Err(_) => true,
            Ok(value) => matches!(value.as_object().map(|object| &object.kind), Some(Kind::Promise(Err(_)))),
        };
        self.lent = lent;
        if !is_package {
            self.effect(EffectKind::Leave(threw), at);
        }
        if !function.is_async || function.is_generator {
            return result;
        }
        match result {
            Ok(value) => {
                let settled = self.settle(value, at);
                match settled {
                    Ok(value) => Ok(self.object(Kind::Promise(Ok(value)), at)),
                    Err(Abrupt::Throw(error)) => Ok(self.object(Kind::Promise(Err(error)), at)),
                    Err(Abrupt::Halt) => Err(Abrupt::Halt),
                }
            }
            Err(Abrupt::Throw(error)) => Ok(self.object(Kind::Promise(Err(error)), at)),
            Err(Abrupt::Halt) => Err(Abrupt::Halt),
        }
    }

    pub(super) fn body(
        &mut self,
        closure: &Closure<'p>,
        frame: &Frame<'p>,
        arguments: &mut Vec<Value<'p>>,
    ) -> Outcome<'p> {
        let function = closure.function;
        self.burn()?;
        self.hoist(&function.hoisted, frame);
        let given = arguments.len();
        if function.names_arguments {
            let all = self.list(arguments.clone(), frame.site(function.range));
            frame.declare(ARGUMENTS, all);
        }
        for (index, pattern) in function.parameters.iter().enumerate() {
            let value = if index < given {
                std::mem::replace(&mut arguments[index], Value::Undefined)
            } else {
                Value::Undefined
            };
            self.bind(pattern, value, frame)?;
        }
        if let Some(rest) = &function.rest {
            let left = arguments.drain(..).skip(function.parameters.len()).collect();
            let left = self.list(left, frame.site(function.range));
            self.bind(rest, left, frame)?;
        }
        // Those of a class that extends another one come after `super()`.
        let extends = !function.fields.is_empty() && super::class::extends(closure);
        for (name, symbol) in function.fields.iter().filter(|_| !extends) {
            if let (Some(object), Some(value)) = (frame.this.as_object(), frame.get(*symbol)) {
                let at = frame.site(function.range);
                self.touch(object);
                object.set(super::Slot { name: name.clone(), value, is_getter: false, at });
            }
        }
        if function.is_generator {
            return self.generator(closure, frame);
        }
        // A lone return needs no walk over statements.
        if let [statement] = function.body.as_slice()
            && let StatementKind::Return(Some(value)) = &statement.kind
        {
            return self.eval(value, frame);
        }
        let flow = self.statements(&function.body, frame)?;
        Ok(match flow {
            Flow::Return(value) => value,
            _ => Value::Undefined,
        })
    }

    /// A generator runs when it is made, and is gone through later: right as long as nobody changes in between what
    /// it reads. One that is told something, or has no end that is near, is not known.
    fn generator(&mut self, closure: &Closure<'p>, frame: &Frame<'p>) -> Outcome<'p> {
        let at = frame.site(closure.function.range);
        self.yields.push(Some(Vec::new()));
        let before = self.walk.effects.len();
        let flow = self.statements(&closure.function.body, frame);
        let given = self.yields.pop().flatten();
        let does = self.walk.effects[before..].iter().any(Effect::is_done_outside);
        let sends = self.walk.effects[before..].iter().any(|effect| effect.begins() == Some(Begun::Send));
        match (flow, given) {
            (Ok(flow), Some(given)) => {
                let made = self.iterator(given, at);
                if let (Flow::Return(value), Value::Object(object)) = (flow, &made) {
                    object.mark(LAST, value);
                }
                made.as_object().filter(|_| does).inspect(|made| made.mark(DOES, Value::Bool(sends)));
                Ok(made)
            }
            (Err(Abrupt::Throw(error)), Some(given)) if given.is_empty() => Err(Abrupt::Throw(error)),
            (Err(Abrupt::Halt), given) if given.as_ref().is_none_or(|given| given.len() <= MOST_MADE) => {
                Err(Abrupt::Halt)
            }
            _ => Ok(self.unread("a generator", &[], at)),
        }
    }

    /// Calls something outside of the application.
    pub(super) fn call_outside(&mut self, callee: &Rc<Opaque<'p>>, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        // What something outside gives nobody knows, whatever it is given.
        let given = arguments.iter().fold(Taint::default(), |taint, argument| taint.with(argument.taint()));
        let taint = callee.taint.with(given.without(Taint::UNREAD));
        if let Origin::Property(of, name) = &callee.origin {
            // `promise.then(f)` of something outside.
            if matches!(&**name, "then" | "catch" | "finally") {
                return self.outside_promise(of, name, arguments, at);
            }
            if &**name == "send" && self.is_inngest(of) {
                return self.send(arguments.into_iter().next().unwrap_or(Value::Undefined), at);
            }
            if &**name == "createFunction" && self.is_inngest(of) {
                return Ok(self.define(arguments, at));
            }
            // The module of Node as a whole.
            if matches!(&**name, "format" | "inspect")
                && matches!(&of.origin, Origin::Package(package, _) if matches!(&**package, "util" | "node:util"))
            {
                return self.call_native(&format!("util.{name}"), arguments, at);
            }
        }
        if let Origin::Wrapped(_, inner) = &callee.origin {
            self.depend_on(callee.taint, at);
            return self.call(inner, Value::Undefined, arguments, at);
        }
        if self.walk.outermost > 0 {
            match arguments.iter().filter(|argument| argument.is_callable()).collect::<Vec<_>>().as_slice() {
                [] => {}
                // A handler in a package's wrapper, made when the module is loaded: it runs when it is called.
                [only] => {
                    let inner = Rc::new((*only).clone());
                    return Ok(self.opaque(Origin::Wrapped(callee.clone(), inner), taint, at));
                }
                // Of several, made one by a package, nobody knows which is called when, and with what.
                _ => return Ok(self.opaque(Origin::Call(callee.clone()), taint.with(Taint::GIVEN), at)),
            }
        }
        if matches!(callee.origin, Origin::Call(_)) {
            self.depend_on(callee.taint, at);
        }
        let what = Text::from(callee.describe());
        self.note_given(&arguments, at);
        self.leave()?;
        self.note_outside();
        self.effect(EffectKind::Outside(what, arguments.as_slice().into(), Some(callee.clone())), at);
        if let Some(breaks) = self.world.breaks {
            return self.call_broken(callee, breaks, arguments, at);
        }
        self.doubt_among(&arguments, at);
        // Who is given a promise throws what that throws, later.
        if !arguments.iter().any(is_promise) {
            self.may_throw(at)?;
        }
        let given_back = self.run_callbacks(&arguments, Some(callee), at)?;
        let taint = if given_back.has_function { taint.with(Taint::GIVEN) } else { taint };
        let made = given_back.answer.unwrap_or_else(|| self.opaque(given_by(callee), taint, at));
        self.name_what_is_made(&made, arguments.first());
        Ok(made)
    }

    /// A method of something outside. Those that texts and lists have change nothing.
    pub(super) fn opaque_method(
        &mut self,
        of: &Rc<Opaque<'p>>,
        method: &Rc<Opaque<'p>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        // `match` of a text takes no functions, `values` of a list nothing at all.
        let is_text = match name {
            "match" => !arguments.iter().any(Value::is_callable),
            "values" => arguments.is_empty(),
            _ => true,
        } && is_harmless(name);
        if !is_text && !matches!(of.origin, Origin::Other(super::builtin::INTL | super::builtin::NUMBERS)) {
            return self.call_outside(method, arguments, at);
        }
        let own = Value::Opaque(of.clone());
        for argument in &arguments {
            if let Some(Kind::Function(closure)) = argument.as_object().map(|object| &object.kind) {
                let element = self.element(&own, at);
                let given = match name {
                    "reduce" => {
                        let start = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                        vec![start, element]
                    }
                    "then" => vec![own.clone()],
                    "sort" | "toSorted" => vec![element, self.element(&own, at)],
                    _ => vec![element, self.unknown("an index", at), own.clone()],
                };
                let enters = |machine: &mut Self| machine.enter(closure, Value::Undefined, given, at);
                if name == "forEach" {
                    self.forgotten(false, at, enters)?
                } else {
                    enters(self)?
                };
            }
        }
        match name {
            "startsWith" | "endsWith" | "includes" | "some" | "every" | "test" | "has" => Ok(self.compared(
                "method",
                &Value::Opaque(method.clone()),
                arguments.first().unwrap_or(&Value::Undefined),
                at,
            )),
            // The text of a variable that is set has no blanks around it.
            "trim" | "trimStart" | "trimEnd" | "toString" | "valueOf" if is_variable(of) && self.is_filled(of) => {
                Ok(own)
            }
            "toLowerCase" | "toUpperCase" if self.is_filled(of) => {
                Ok(self.opaque(Origin::Template(Rc::new(vec![own])), of.taint, at))
            }
            _ => Ok(self.opaque(Origin::Call(method.clone()), of.taint, at)),
        }
    }

    fn is_inngest(&self, of: &Rc<Opaque<'p>>) -> bool {
        matches!(&of.origin, Origin::Package(package, name)
            if package.contains("inngest") && name.to_lowercase().contains("inngest"))
    }
}

/// Whether something unknown is the text of a variable, and no more.
fn is_variable(opaque: &Opaque<'_>) -> bool {
    let Origin::Template(parts) = &opaque.origin else { return false };
    matches!(&parts[..], [Value::Opaque(part)] if matches!(part.origin, Origin::Env(_)))
}

/// Whether a statement gives something to who called.
fn returns(statement: &Statement) -> bool {
    matches!(statement.kind, StatementKind::Return(Some(_)))
}

/// The function of the application that a value is.
fn function_of(value: &Value<'_>) -> Option<FunctionId> {
    match &value.as_object()?.kind {
        Kind::Function(closure) => Some(FunctionId::of(closure.module, closure.function.range)),
        Kind::Bound(inner, ..) => function_of(inner),
        _ => None,
    }
}
