//! One walk through code: all that begins anew with each path, and with each call that is followed by itself. It knows
//! nothing of the world, and nothing of what other walks found.

use rustc_hash::FxHashMap;

use super::super::program::{ModuleId, Site, Symbol};
use super::builtin::timer::Timer;
use super::compared::Compared;
use super::explore::Decisions;
use super::module::Loading;
use super::{Definition, Effect, Taint, Value};

/// What was done, decided and found out on the way so far.
#[derive(Default)]
pub(super) struct Walk<'p> {
    pub(super) decisions: Decisions,
    /// What was decided of opaque values.
    pub(super) truths: FxHashMap<u64, bool>,
    /// The same comparison of the same values is the same value.
    pub(super) compared: FxHashMap<(&'static str, Compared, Compared), Value<'p>>,
    /// Values of outermost names; none while one is being evaluated.
    pub(super) tops: FxHashMap<(ModuleId, Symbol), Option<Value<'p>>>,
    pub(super) loading: Loading<'p>,
    pub(super) effects: Vec<Effect<'p>>,
    pub(super) definitions: Vec<Definition<'p>>,
    /// An event was sent that shows enough.
    pub(super) has_sent_enough: bool,
    /// The `try` statements around, and what is known of their blocks.
    pub(super) tries: Vec<Attempt>,
    /// Timers that have neither fired nor been cleared.
    pub(super) timers: Vec<Timer<'p>>,
    /// What the way to here depended on.
    pub(super) path_taint: Taint,
    /// Where something was decided that the world says, and the machine does not know how.
    pub(super) unsure: Option<Site>,
    /// The statement that comes next is done because of something that is not known.
    pub(super) by_choice: bool,
    /// How many places around go through the variables of the environment.
    pub(super) among_variables: u32,
    /// How many steps are around.
    pub(super) steps: u32,
    /// How many calls are around.
    pub(super) depth: u32,
    /// How many values of outermost names are being evaluated; functions that are entered are not.
    pub(super) outermost: u32,
    /// How many calls of something outside were made.
    pub(super) outside: usize,
    /// How many random texts were made.
    pub(super) uuids: u32,
    /// How many nodes may be evaluated.
    most: u32,
    /// How many of them still may.
    pub(super) fuel: u32,
    /// How many nodes were evaluated when the calls were followed that were told.
    pub(super) told: u32,
    /// How many calls were told in one on which something was decided.
    pub(super) joined: usize,
}

/// A `try` block that is being run.
pub(super) struct Attempt {
    pub(super) at: Site,
    /// Whether it was decided that something outside throws in it.
    pub(super) asked: bool,
}

impl Walk<'_> {
    /// The first step of a walk that evaluates at most so many nodes, and on which these decisions are taken.
    pub(super) fn new(fuel: u32, decisions: Decisions) -> Self {
        Self { most: fuel, fuel, decisions, ..Self::default() }
    }

    /// How many nodes were evaluated, those of calls that were told among them.
    pub(super) fn nodes(&self) -> u32 {
        self.most.saturating_sub(self.fuel).saturating_add(self.told)
    }
}
