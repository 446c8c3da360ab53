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
use super::asked::Asked;
use super::litter::Litter;
use super::summary::{Key, Summaries, Summary};
use super::{Effect, Kind, Scope, Value, World};

/// The unknown value of an outermost name: what it asked for when it was made, and what it did.
pub(super) struct Client<'p> {
    pub(super) value: Value<'p>,
    pub(super) asked: Asked,
    pub(super) effects: Rc<[Effect<'p>]>,
}

/// What was made of a name, in worlds that answer otherwise.
type Clients<'p> = FxHashMap<(ModuleId, Symbol), Vec<Rc<Client<'p>>>>;

/// Values that runs have in common; of one thread.
#[derive(Default)]
pub struct Shared<'p> {
    values: RefCell<FxHashMap<(ModuleId, Symbol), Value<'p>>>,
    /// Names whose values were found to change.
    changing: RefCell<FxHashSet<(ModuleId, Symbol)>>,
    /// Regular expressions, compiled once; none for one that ours cannot express.
    pub(super) regexes: RefCell<FxHashMap<(Text, Text), Option<regex::Regex>>>,
    /// Values of outermost names that are not known, such as a client of a package.
    clients: RefCell<Clients<'p>>,
    /// What calls do that were followed by themselves.
    summaries: RefCell<Summaries<'p>>,
    /// What would outlive them all because it holds itself.
    pub(super) litter: RefCell<Litter<'p>>,
    /// Something was kept in the run at hand: it may lead to anything that the run made.
    kept: Cell<bool>,
    /// A value that is kept was changed in the run at hand.
    spoiled: Cell<bool>,
    /// A call that was followed turned out to be none that can be.
    again: Cell<bool>,
    /// The name of functions without one.
    pub(super) no_name: Text,
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
        self.kept.set(true);
        self.values.borrow_mut().insert(key, value.clone());
        true
    }

    /// The value that is kept for a name is about to be changed.
    pub(super) fn spoil(&self, name: (ModuleId, Symbol)) {
        self.changing.borrow_mut().insert(name);
        self.spoiled.set(true);
    }

    /// The unknown value of a name, when it was made in a world that answers as this one.
    pub(super) fn client(&self, name: (ModuleId, Symbol), world: &World) -> Option<Rc<Client<'p>>> {
        self.clients.borrow().get(&name)?.iter().find(|client| client.asked.holds_in(world)).cloned()
    }

    /// Keeps the unknown value of a name.
    pub(super) fn keep_client(&self, name: (ModuleId, Symbol), client: Client<'p>) {
        self.kept.set(true);
        self.clients.borrow_mut().entry(name).or_default().push(Rc::new(client));
    }

    /// What a call does, when it was followed in a world that answers as this one.
    pub(super) fn summary(&self, key: &Key, world: &World) -> Option<Rc<Summary<'p>>> {
        self.summaries.borrow().get(key)?.iter().find(|summary| summary.asked.holds_in(world)).cloned()
    }

    /// Keeps what a call does.
    pub(super) fn keep_summary(&self, key: Key, summary: Rc<Summary<'p>>) {
        self.kept.set(true);
        self.summaries.borrow_mut().entry(key).or_default().push(summary);
    }

    /// What is left of a run that has ended: nothing where something of it was kept, which goes with the rest.
    pub(super) fn leavings(&self, mut litter: Litter<'p>) -> Litter<'p> {
        if self.kept.replace(false) {
            self.litter.borrow_mut().append(&mut litter);
        }
        litter
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
        self.clients.borrow_mut().clear();
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
                Kind::Function(closure) => is_bare(&closure.scope) && matches!(closure.this, Value::Undefined),
                Kind::Class { scope, parent, .. } => {
                    is_bare(scope) && parent.as_ref().is_none_or(|parent| is_constant(parent, depth + 1, left))
                }
                Kind::Instance(class) => is_constant(class, depth + 1, left),
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

/// Whether the names around a function are those of its module, or that of its own class.
pub(super) fn is_bare(scope: &Scope<'_>) -> bool {
    let is_class =
        |value: &Value<'_>| value.as_object().is_some_and(|object| matches!(object.kind, Kind::Class { .. }));
    scope.names.borrow().iter().all(|(_, value)| is_class(value))
        && scope.parent.as_ref().is_none_or(|parent| is_bare(parent))
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
    if let Kind::Instance(class) = &object.kind {
        mark(class, name);
    }
    object.properties.borrow().iter().for_each(|slot| mark(&slot.value, name));
}
