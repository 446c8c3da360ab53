//! Paths: every branch is taken both ways once, not every combination of branches.

use std::collections::{HashSet, VecDeque};

use super::super::application::Application;
use super::super::program::Site;
use super::{Abrupt, Definition, Effect, FunctionId, Machine, Outcome, Value, World};

/// How far runs go.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most paths that are followed.
    pub paths: usize,
    /// Most nodes that one path evaluates.
    pub fuel: u32,
}

/// What is decided on a path, and what was.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    script: Vec<bool>,
    taken: Vec<(Site, bool)>,
}

impl Decisions {
    /// A decision that may fall either way; true comes first.
    pub(super) fn decide(&mut self, at: Site) -> bool {
        self.next(at, true)
    }

    /// A decision that falls to false first.
    pub(super) fn decide_unlikely(&mut self, at: Site) -> bool {
        self.next(at, false)
    }

    fn next(&mut self, at: Site, first: bool) -> bool {
        let choice = self.script.get(self.taken.len()).copied().unwrap_or(first);
        self.taken.push((at, choice));
        choice
    }
}

/// One way through the code.
#[derive(Debug)]
pub struct Path<'p> {
    /// What was done, in order.
    pub effects: Vec<Effect<'p>>,
    /// What came out: a value, what was thrown, or nothing because it took too long.
    pub result: Result<Value<'p>, Abrupt<'p>>,
    /// Inngest functions that were defined on the way.
    pub definitions: Vec<Definition<'p>>,
    /// How many decisions were taken: 0 when everything was known.
    pub decisions: usize,
}

impl Path<'_> {
    /// It ended before its end.
    pub fn is_cut(&self) -> bool {
        matches!(self.result, Err(Abrupt::Halt))
    }
}

/// Follows every branch of `run` in a world.
pub fn explore<'p>(
    app: &'p Application,
    world: &'p World,
    writer: Option<FunctionId>,
    limits: Limits,
    run: &dyn Fn(&mut Machine<'p>) -> Outcome<'p>,
) -> Vec<Path<'p>> {
    let mut waiting = VecDeque::from([Vec::new()]);
    let mut seen: HashSet<(Site, bool)> = HashSet::new();
    let mut paths = Vec::new();
    while let Some(script) = waiting.pop_front() {
        let given = script.len();
        let mut machine = Machine::new(app, world, writer, limits.fuel, Decisions { script, taken: Vec::new() });
        let result = run(&mut machine);
        let taken = machine.decisions.taken;
        for (index, (at, choice)) in taken.iter().enumerate().skip(given) {
            seen.insert((*at, *choice));
            if seen.insert((*at, !choice)) && paths.len() + waiting.len() + 1 < limits.paths {
                let before = taken[..index].iter().map(|(_, choice)| *choice);
                waiting.push_back(before.chain([!choice]).collect());
            }
        }
        let (effects, definitions) = (machine.effects, machine.definitions);
        paths.push(Path { effects, result, definitions, decisions: taken.len() });
    }
    paths
}
