//! Calls that are being followed by themselves, and what shows meanwhile that one cannot be.

use super::super::value::birth;
use super::super::{FunctionId, Machine, Value};
use crate::conform::program::{ModuleId, Site, Symbol};

/// A call that is being followed.
pub(in super::super) struct Open {
    pub(super) function: FunctionId,
    /// Objects that are older than this were there before it.
    pub(super) born: u64,
    /// The outermost call that is being followed and that it would have called again.
    pub(super) head: usize,
    /// How many calls were followed anew for its sake.
    pub(super) parts: u32,
    /// It changed what was there before it.
    pub(super) changed: bool,
    /// When values of outermost names were made in it, from the first to the last of what they are made of: they are
    /// there before it wherever it is run.
    pub(super) made: Vec<(u64, u64)>,
    /// Not all of what it does was followed.
    pub(super) is_partial: bool,
    /// It is followed to be told where to run it would be the same: for nothing, with more calls of something outside.
    pub(super) strict: Option<usize>,
    pub(super) raises: Option<Site>,
}

impl<'p> Machine<'p> {
    /// Whether a call that is followed will not be told.
    pub(in super::super) fn follows_in_vain(&self) -> bool {
        let most = self.open.last().and_then(|open| open.strict);
        most.is_some_and(|most| self.walk.outside > most || self.walk.decisions.count() + self.walk.joined > 0)
    }

    /// The value of an outermost name was made, of what was made since.
    pub(in super::super) fn note_made(&mut self, since: u64) {
        if let Some(open) = self.open.last_mut() {
            open.made.push((since, birth()));
        }
    }

    /// The request is asked for by who was not given it: what is told of a call holds for one request alone.
    pub(in super::super) fn note_request(&mut self) {
        self.open.iter_mut().for_each(|open| open.changed = true);
    }

    /// An object, or a name around a function, is about to be changed.
    pub(in super::super) fn note_change(&mut self, born: u64) {
        for open in &mut self.open {
            open.changed |= born < open.born || open.made.iter().any(|(from, to)| (*from..*to).contains(&born));
        }
    }

    /// A variable of a module is about to be given a value. One that was read and held nothing is given it
    /// on demand, as a client that is made when it is first used: whoever reads it next makes it again.
    pub(in super::super) fn note_assigned(&mut self, module: ModuleId, symbol: Symbol) {
        let held = self.walk.tops.get(&(module, symbol));
        if matches!(held, Some(Some(Value::Undefined | Value::Null | Value::Opaque(_)))) {
            return;
        }
        if self.open.is_empty() {
            self.amended.insert(module);
        }
        for open in &mut self.open {
            open.changed = true;
        }
    }

    /// Something outside is called that nothing around it would catch.
    pub(in super::super) fn note_raise(&mut self, at: Site) {
        if let Some(open) = self.open.last_mut() {
            open.raises.get_or_insert(at);
        }
    }
}

impl Open {
    pub(super) fn new(function: FunctionId) -> Self {
        Self {
            function,
            born: birth(),
            head: usize::MAX,
            parts: 0,
            changed: false,
            made: Vec::new(),
            is_partial: false,
            strict: None,
            raises: None,
        }
    }
}
