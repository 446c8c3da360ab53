//! A route asked in a world of the asker's own making: for those who have no contract yet.

use std::rc::Rc;

use super::super::load::Loaded;
use super::super::machine::{FunctionId, Kind, Limits, Shared, Value, World, explore};
use super::super::program::{ModuleId, Text};
use super::route::{FAR, METHODS, call_route};
use super::run::Run;

/// What a value of an outermost name takes.
const VALUE: Limits = Limits { paths: 1, fuel: 20_000 };

/// Asks routes of an application.
pub struct Asker<'a> {
    /// The application.
    pub loaded: &'a Loaded,
    /// What was found out about its code so far.
    pub shared: Rc<Shared<'a>>,
    /// The function that takes status records, when it is known.
    pub writer: Option<FunctionId>,
}

impl Asker<'_> {
    /// Every way through a route's handler of `world.method`.
    pub fn ask(&self, module: ModuleId, world: World) -> Vec<Run> {
        let method = world.method;
        let paths = explore(&self.loaded.app, world, &self.shared, self.writer, FAR, &|machine| {
            call_route(machine, module, method)
        });
        paths.into_iter().map(Run::of).collect()
    }

    /// The methods that a route exports.
    pub fn methods(&self, module: ModuleId) -> Vec<&'static str> {
        let exports = &self.loaded.app.module(module).exports;
        METHODS.into_iter().filter(|method| exports.contains_key(*method)).collect()
    }

    /// The text that a module exports under a name.
    pub fn text(&self, module: ModuleId, name: &str) -> Option<Text> {
        match exported(self.loaded, &self.shared, module, name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The function of the application that a module exports under a name.
    pub fn exported(&self, module: ModuleId, name: &str) -> Option<FunctionId> {
        function_of(self.loaded, module, name)
    }
}

/// The function of the application that a module exports under a name.
pub fn function_of(loaded: &Loaded, module: ModuleId, name: &str) -> Option<FunctionId> {
    match exported(loaded, &Rc::default(), module, name)? {
        Value::Object(object) => match &object.kind {
            Kind::Function(closure) => Some(FunctionId::of(closure.module, closure.function.range)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a module exports one and the same value under two names: handlers that one function made are two.
pub(super) fn is_one_export(loaded: &Loaded, module: ModuleId, one: &str, other: &str) -> bool {
    let paths = explore(&loaded.app, World::default(), &Rc::default(), None, VALUE, &|machine| {
        let (one, other) = (machine.export(module, one)?, machine.export(module, other)?);
        Ok(Value::Bool(match (&one, &other) {
            (Value::Object(one), Value::Object(other)) => Rc::ptr_eq(one, other),
            (Value::Opaque(one), Value::Opaque(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }))
    });
    paths.into_iter().next().is_some_and(|path| matches!(path.result, Ok(Value::Bool(true))))
}

fn exported<'p>(loaded: &'p Loaded, shared: &Rc<Shared<'p>>, module: ModuleId, name: &str) -> Option<Value<'p>> {
    let paths = explore(&loaded.app, World::default(), shared, None, VALUE, &|machine| machine.export(module, name));
    paths.into_iter().next()?.result.ok()
}
