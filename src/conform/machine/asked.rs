//! What code asks of the world outside of a request, with what it was told: environment variables, the instant, and
//! whether what is outside answers. What was found holds in every world that answers alike.

use rustc_hash::FxHashSet;

use super::super::program::{ModuleId, Symbol, Text};
use super::{Failing, Machine, Variable, World};

/// What was asked of a world, and what it said.
#[derive(Debug)]
pub(super) struct Asked {
    env: Vec<(Text, Variable)>,
    clock: Option<f64>,
    /// Whether nothing unknown was the secret.
    unguessable: bool,
    /// What of all that is outside failed, where something outside was called.
    failing: Option<Option<Failing>>,
    /// The module whose imports were loaded, where it was asked what they change.
    entry: Option<ModuleId>,
}

/// What is being asked.
#[derive(Debug, Default)]
pub(super) struct Asking {
    env: Vec<Text>,
    clock: bool,
    /// Something outside was called.
    outside: bool,
    /// It was asked what the modules change that are loaded.
    entry: bool,
    /// A random text was asked for.
    pub(super) uuid: bool,
    /// Something was read that this run alone has made.
    pub(super) of_run: bool,
    /// Names that had their values already: what was done to make these is told wherever they are needed.
    pub(super) found: FxHashSet<(ModuleId, Symbol)>,
    /// Modules whose variables were read.
    pub(super) reads: FxHashSet<ModuleId>,
}

impl Asked {
    /// Whether a world answers as the one did in which it was asked.
    pub(super) fn holds_in(&self, world: &World, entry: Option<ModuleId>) -> bool {
        (self.entry.is_none() || self.entry == entry)
            && self.unguessable == world.unguessable.is_some()
            && self.clock.is_none_or(|clock| clock.to_bits() == world.now.to_bits())
            && self.failing.is_none_or(|failing| failing == world.failing())
            && self.env.iter().all(|(name, answer)| world.variable(name) == *answer)
    }

    /// Whether the instant was asked for.
    pub(super) fn has_clock(&self) -> bool {
        self.clock.is_some()
    }
}

impl Asking {
    /// What was asked, with what a world says.
    pub(super) fn answered(&self, world: &World, entry: Option<ModuleId>) -> Asked {
        let mut env: Vec<(Text, Variable)> = Vec::new();
        for name in &self.env {
            if !env.iter().any(|(known, _)| known == name) {
                env.push((name.clone(), world.variable(name)));
            }
        }
        Asked {
            env,
            clock: self.clock.then_some(world.now),
            unguessable: world.unguessable.is_some(),
            failing: self.outside.then(|| world.failing()),
            entry: entry.filter(|_| self.entry),
        }
    }
}

impl Machine<'_> {
    /// An environment variable is asked for.
    pub(super) fn note_env(&mut self, name: &Text) {
        if let Some(asking) = self.asking.last_mut() {
            asking.env.push(name.clone());
        }
    }

    /// The instant is asked for.
    pub(super) fn note_clock(&mut self) {
        self.asked += 1;
        if let Some(asking) = self.asking.last_mut() {
            asking.clock = true;
        }
    }

    /// Something outside is called: whether it answers the world says.
    pub(super) fn note_outside(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.outside = true;
        }
    }

    /// What the modules change that are loaded is asked for.
    pub(super) fn note_entry(&mut self) {
        self.asked += 1;
        if let Some(asking) = self.asking.last_mut() {
            asking.entry = true;
        }
    }

    /// A random text is asked for.
    pub(super) fn note_uuid(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.uuid = true;
        }
    }

    /// A variable of a module is read.
    pub(super) fn note_read(&mut self, module: ModuleId) {
        if let Some(asking) = self.asking.last_mut() {
            asking.reads.insert(module);
        }
    }

    /// The value of a name is read that this run has already.
    pub(super) fn note_needed(&mut self, name: (ModuleId, Symbol)) {
        if let Some(asking) = self.asking.last_mut() {
            asking.found.insert(name);
        }
    }

    /// A value is read that this run has made, and that another may make otherwise.
    pub(super) fn note_of_run(&mut self) {
        if let Some(asking) = self.asking.last_mut() {
            asking.of_run = true;
        }
    }

    /// What was asked before is asked here as well.
    pub(super) fn note_asked(&mut self, asked: &Asked, reads: &[ModuleId]) {
        if let Some(asking) = self.asking.last_mut() {
            asking.env.extend(asked.env.iter().map(|(name, _)| name.clone()));
            asking.clock |= asked.clock.is_some();
            asking.outside |= asked.failing.is_some();
            asking.entry |= asked.entry.is_some();
            asking.reads.extend(reads);
        }
    }

    /// From here on is noted what is asked.
    pub(super) fn begin_asking(&mut self) {
        self.asking.push(Asking::default());
    }

    /// What was asked since; whatever is around asked it as well.
    pub(super) fn end_asking(&mut self) -> Asking {
        let asking = self.asking.pop().unwrap_or_default();
        if let Some(around) = self.asking.last_mut() {
            around.env.extend(asking.env.iter().cloned());
            around.clock |= asking.clock;
            around.outside |= asking.outside;
            around.entry |= asking.entry;
            around.uuid |= asking.uuid;
            around.of_run |= asking.of_run;
            around.found.extend(&asking.found);
            around.reads.extend(&asking.reads);
        }
        asking
    }
}
