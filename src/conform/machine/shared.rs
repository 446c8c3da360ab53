//! Values of outermost names that every run has in common, so that a table of two hundred jobs is made
//! once and not in every run.
//!
//! Only what cannot differ from run to run is kept: constants whose making asked nothing of the world,
//! met nothing unknown and did nothing. What is kept is never changed: a value that code changes later is
//! found out when it does, and made anew from then on.

use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::super::program::{ModuleId, Symbol, Text};
use super::summary::{Key, Summaries, Summary};
use super::{Kind, Value, World};

/// Values that runs have in common; of one thread.
#[derive(Default)]
pub struct Shared<'p> {
    values: RefCell<FxHashMap<(ModuleId, Symbol), Value<'p>>>,
    /// Names whose values were found to change.
    changing: RefCell<FxHashSet<(ModuleId, Symbol)>>,
    /// Regular expressions, compiled once; none for one that ours cannot express.
    pub(super) regexes: RefCell<FxHashMap<(Text, Text), Option<regex::Regex>>>,
    /// What calls do that were followed by themselves.
    summaries: RefCell<Summaries<'p>>,
    /// A value that is kept was changed in the run at hand.
    spoiled: Cell<bool>,
    /// A call that was followed turned out to be none that can be.
    again: Cell<bool>,
}

impl<'p> Shared<'p> {
    pub(super) fn get(&self, module: ModuleId, symbol: Symbol) -> Option<Value<'p>> {
        self.values.borrow().get(&(module, symbol)).cloned()
    }

    /// Keeps a value, when it is one that can be kept; whether it was.
    pub(super) fn keep(&self, module: ModuleId, symbol: Symbol, value: &Value<'p>) -> bool {
        let key = (module, symbol);
        if self.changing.borrow().contains(&key) || !is_constant(value, 0, &mut MOST_PARTS.clone()) {
            return false;
        }
        mark(value, key);
        self.values.borrow_mut().insert(key, value.clone());
        true
    }

    /// The value that is kept for a name is about to be changed.
    pub(super) fn spoil(&self, name: (ModuleId, Symbol)) {
        self.changing.borrow_mut().insert(name);
        self.spoiled.set(true);
    }

    /// What a call does, when it was followed in a world that answers as this one.
    pub(super) fn summary(&self, key: &Key, world: &World) -> Option<Rc<Summary<'p>>> {
        self.summaries.borrow().get(key)?.iter().find(|summary| summary.holds_in(world)).cloned()
    }

    /// Keeps what a call does.
    pub(super) fn keep_summary(&self, key: Key, summary: Rc<Summary<'p>>) {
        self.summaries.borrow_mut().entry(key).or_default().push(summary);
    }

    /// The run at hand has to be run again: what it met is not what it was told.
    pub(super) fn run_again(&self) {
        self.again.set(true);
    }

    /// Whether the run at hand has to be run again.
    pub(super) fn must_run_again(&self) -> bool {
        self.again.get()
    }

    /// Whether the run at hand has to be run again, which then begins. Where it changed something that is
    /// kept, what was kept may hold what was changed: it is made anew, and kept again where that still can be.
    pub(super) fn begins_again(&self) -> bool {
        let again = self.again.replace(false);
        if !self.spoiled.replace(false) {
            return again;
        }
        self.values.borrow_mut().clear();
        self.summaries.borrow_mut().clear();
        true
    }
}

/// Most parts of a value that is kept.
const MOST_PARTS: u32 = 50_000;

/// Whether nothing of a value can differ in another run; `left` bounds how much is looked at.
fn is_constant(value: &Value<'_>, depth: u32, left: &mut u32) -> bool {
    *left = left.saturating_sub(1);
    if *left == 0 {
        return false;
    }
    match value {
        Value::Opaque(_) => false,
        Value::Object(object) => {
            let known = match &object.kind {
                Kind::Plain | Kind::Native(_) | Kind::Regex(..) | Kind::Env | Kind::Namespace(_) | Kind::Client => true,
                Kind::List(items) => items.borrow().iter().all(|item| is_constant(item, depth + 1, left)),
                Kind::Set(items) => items.borrow().iter().all(|item| is_constant(item, depth + 1, left)),
                // A function of the outermost level: names of its own surround no other.
                Kind::Function(closure) => {
                    closure.scope.parent.is_none()
                        && closure.scope.names.borrow().is_empty()
                        && matches!(closure.this, Value::Undefined)
                }
                _ => false,
            };
            let slots = object.properties.borrow();
            known
                && depth < 16
                && !object.is_open()
                && slots.iter().all(|slot| is_constant(&slot.value, depth + 1, left))
        }
        _ => true,
    }
}

fn mark(value: &Value<'_>, name: (ModuleId, Symbol)) {
    let Value::Object(object) = value else { return };
    if object.kept_for.get().is_some() {
        return;
    }
    object.kept_for.set(Some(name));
    if let Kind::List(items) | Kind::Set(items) = &object.kind {
        items.borrow().iter().for_each(|item| mark(item, name));
    }
    object.properties.borrow().iter().for_each(|slot| mark(&slot.value, name));
}
