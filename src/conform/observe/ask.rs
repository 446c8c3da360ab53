//! An application as it is asked: its code, and what was found out about it so far. It knows no contract.

use std::rc::Rc;

use super::super::load::Loaded;
use super::super::machine::{Explorer, FunctionId, Kind, Limits, Value, World};
use super::super::program::{ModuleId, Text};
use super::route::{FAR, METHODS, call_route};
use super::run::Run;

/// What a value of an outermost name takes.
const VALUE: Limits = Limits { paths: 1, fuel: 20_000 };

/// Asks an application.
pub struct Asker<'a> {
    /// The application.
    pub loaded: &'a Loaded,
    /// Follows its code.
    pub(super) explorer: Explorer<'a>,
}

impl<'a> Asker<'a> {
    /// One that has found out nothing. The writer is the function that takes status records, where it is known.
    pub fn new(loaded: &'a Loaded, writer: Option<FunctionId>) -> Self {
        Self { loaded, explorer: Explorer::new(&loaded.app, writer) }
    }

    /// Every way through a route's handler of `world.method`.
    pub fn ask(&self, module: ModuleId, world: World) -> Vec<Run> {
        let method = world.method;
        let explored = self.explorer.explore(world, FAR, |machine| call_route(machine, module, method));
        explored.paths.into_iter().map(Run::of).collect()
    }

    /// The methods that a route exports.
    pub fn methods(&self, module: ModuleId) -> Vec<&'static str> {
        let exports = &self.loaded.app.module(module).exports;
        METHODS.into_iter().filter(|method| exports.contains_key(*method)).collect()
    }

    /// The text that a module exports under a name.
    pub fn text(&self, module: ModuleId, name: &str) -> Option<Text> {
        match self.value(module, name)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The function of the application that a module exports under a name.
    pub fn exported(&self, module: ModuleId, name: &str) -> Option<FunctionId> {
        match self.value(module, name)? {
            Value::Object(object) => match &object.kind {
                Kind::Function(closure) => Some(FunctionId::of(closure.module, closure.function.range)),
                _ => None,
            },
            _ => None,
        }
    }

    fn value(&self, module: ModuleId, name: &str) -> Option<Value<'a>> {
        let explored = self.explorer.explore(World::default(), VALUE, |machine| machine.export(module, name));
        explored.paths.into_iter().next()?.result.ok()
    }
}

/// Whether a module exports one and the same value under two names: handlers that one function made are two.
pub(super) fn is_one_export(asker: &Asker<'_>, module: ModuleId, one: &str, other: &str) -> bool {
    let explored = asker.explorer.explore(World::default(), VALUE, |machine| {
        let (one, other) = (machine.export(module, one)?, machine.export(module, other)?);
        Ok(Value::Bool(match (&one, &other) {
            (Value::Object(one), Value::Object(other)) => Rc::ptr_eq(one, other),
            (Value::Opaque(one), Value::Opaque(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }))
    });
    explored.paths.into_iter().next().is_some_and(|path| matches!(path.result, Ok(Value::Bool(true))))
}
