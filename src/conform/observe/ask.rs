//! A route asked in a world of the asker's own making: for those who have no contract yet.

use std::rc::Rc;

use super::super::load::Loaded;
use super::super::machine::{FunctionId, Shared, World, explore};
use super::super::program::ModuleId;
use super::route::{FAR, METHODS, call_route};
use super::run::Run;

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
    pub fn ask(&self, module: ModuleId, world: &World) -> Vec<Run> {
        let paths = explore(&self.loaded.app, world, &self.shared, self.writer, FAR, &|machine| {
            call_route(machine, module, world.method)
        });
        paths.into_iter().map(Run::of).collect()
    }

    /// The methods that a route exports.
    pub fn methods(&self, module: ModuleId) -> Vec<&'static str> {
        let exports = &self.loaded.app.module(module).exports;
        METHODS.into_iter().filter(|method| exports.contains_key(*method)).collect()
    }
}
