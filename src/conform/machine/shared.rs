//! Values of outermost names that every run has in common, so that a table of two hundred jobs is made
//! once and not in every run.
//!
//! Only what cannot differ from run to run is kept: constants whose making asked nothing of the world,
//! met nothing unknown and did nothing. What is kept is never changed: a value that code changes later is
//! found out when it does, and made anew from then on.

use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::super::application::Application;
use super::super::program::{ModuleId, Site, Symbol, Text};
use super::asked::{Asked, Found, Questions};
use super::constant::Constant;
use super::litter::Litter;
use super::summary::{Key, Summaries, Summary};
use super::{Effect, FunctionId, Kind, Rest, Scope, Value};

/// The value of an outermost name that depends on the world, such as a client or what was read of the environment:
/// what it asked for when it was made, and what it did.
pub(super) struct Setting<'p> {
    pub(super) value: Value<'p>,
    pub(super) asked: Rc<Questions>,
    pub(super) effects: Rc<[Effect<'p>]>,
    /// Names that had their values already when it was made.
    pub(super) found: Box<[(ModuleId, Symbol)]>,
    /// How many calls of something outside were made for it.
    pub(super) outside: usize,
}

/// Calls that are alike: the function, when the object of a package was made that it is called of, and whether the
/// environment is known.
pub(super) type Worth = (FunctionId, u64, Rest);

/// What was made of a name, in worlds that answer otherwise.
type Settings<'p> = FxHashMap<(ModuleId, Symbol), Found<Rc<Setting<'p>>>>;

/// Values that runs have in common; of one thread.
#[derive(Default)]
pub(super) struct Shared<'p> {
    values: RefCell<FxHashMap<(ModuleId, Symbol), Value<'p>>>,
    /// Parts of what they are made of.
    constants: RefCell<FxHashMap<Site, Constant<'p>>>,
    /// Names whose values were found to change.
    changing: RefCell<FxHashSet<(ModuleId, Symbol)>>,
    /// Regular expressions, compiled once; none for one that ours cannot express.
    pub(super) regexes: RefCell<FxHashMap<(Text, Text), Option<fancy_regex::Regex>>>,
    /// Values of outermost names that depend on the world.
    settings: RefCell<Settings<'p>>,
    /// What was asked of worlds.
    pub(super) asked: RefCell<Asked>,
    /// What calls do that were followed by themselves.
    summaries: RefCell<Summaries<'p>>,
    /// How much oftener calls of a function were followed in vain than not, where only what is the same as running it is
    /// taken.
    in_vain: RefCell<FxHashMap<Worth, i32>>,
    /// What would outlive them all because it holds itself.
    pub(super) litter: RefCell<Litter<'p>>,
    /// Something was kept in the run at hand: it may lead to anything that the run made.
    kept: Cell<bool>,
    /// A value that is kept was changed in the run at hand.
    spoiled: Cell<bool>,
    /// In which order the modules are evaluated that a module leads to.
    orders: RefCell<FxHashMap<ModuleId, Rc<FxHashMap<ModuleId, usize>>>>,
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
        if self.changing.borrow().contains(&key) || !Constancy::new(false).holds(value, 0) {
            return false;
        }
        mark(value, key);
        self.kept.set(true);
        self.values.borrow_mut().insert(key, value.clone());
        true
    }

    /// The value of a part of what outermost names are made of.
    pub(super) fn constant(&self, at: Site) -> Option<Constant<'p>> {
        self.constants.borrow().get(&at).cloned()
    }

    /// Keeps a part of what an outermost name is made of, when it is one that can be kept.
    pub(super) fn keep_constant(&self, at: Site, name: (ModuleId, Symbol), constant: Constant<'p>) {
        if !self.changing.borrow().contains(&name) && Constancy::new(true).holds(constant.value(), 0) {
            mark(constant.value(), name);
            self.kept.set(true);
            self.constants.borrow_mut().insert(at, constant);
        }
    }

    /// The value that is kept for a name is about to be changed.
    pub(super) fn spoil(&self, name: (ModuleId, Symbol)) {
        // Nothing is kept for a name once it is known to change.
        if self.changing.borrow_mut().insert(name) {
            self.spoiled.set(true);
        }
    }

    /// The value of a name, when it was made in a world that answers as this one.
    pub(super) fn setting(
        &self,
        name: (ModuleId, Symbol),
        answer: impl FnMut(&Rc<Questions>) -> u32,
    ) -> Option<Rc<Setting<'p>>> {
        self.settings.borrow().get(&name)?.get(answer).cloned()
    }

    /// Whether a value that depends on nothing but what was asked of the world is kept: a client, and what is known
    /// but for some of its parts.
    pub(super) fn may_keep(&self, name: (ModuleId, Symbol), value: &Value<'p>) -> bool {
        match value {
            Value::Opaque(opaque) => opaque.is_client(),
            _ => !self.changing.borrow().contains(&name) && Constancy::new(true).holds(value, 0),
        }
    }

    /// Keeps the value of a name that depends on the world.
    pub(super) fn keep_setting(&self, name: (ModuleId, Symbol), answer: u32, setting: Setting<'p>) {
        mark(&setting.value, name);
        self.kept.set(true);
        self.settings.borrow_mut().entry(name).or_default().keep(&setting.asked.clone(), answer, Rc::new(setting));
    }

    /// In which order the modules are evaluated when one is loaded.
    pub(super) fn order(&self, app: &Application, entry: ModuleId) -> Rc<FxHashMap<ModuleId, usize>> {
        self.orders.borrow_mut().entry(entry).or_insert_with(|| Rc::new(app.evaluated_from(entry))).clone()
    }

    /// What a call does, when it was followed in a world that answers as this one.
    pub(super) fn summary(&self, key: &Key, answer: impl FnMut(&Rc<Questions>) -> u32) -> Option<Rc<Summary<'p>>> {
        self.summaries.borrow().get(key)?.get(answer).cloned()
    }

    /// Keeps what a call does.
    pub(super) fn keep_summary(&self, key: Key, answer: u32, summary: Rc<Summary<'p>>) {
        self.kept.set(true);
        self.summaries.borrow_mut().entry(key).or_default().keep(&summary.asked.clone(), answer, summary);
    }

    /// Whether calls of a function are worth following in runs that take only what is the same as running it. What comes
    /// out does not depend on it.
    pub(super) fn is_worth(&self, calls: Worth) -> bool {
        self.in_vain.borrow().get(&calls).is_none_or(|times| *times < MOST_IN_VAIN)
    }

    /// A call of a function was followed in such a run, and is told or not.
    pub(super) fn note_worth(&self, calls: Worth, is_told: bool) {
        let mut in_vain = self.in_vain.borrow_mut();
        let times = in_vain.entry(calls).or_default();
        *times = (*times + if is_told { -1 } else { 1 }).max(-MOST_IN_VAIN);
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
        self.constants.borrow_mut().clear();
        self.summaries.borrow_mut().clear();
        self.settings.borrow_mut().clear();
        true
    }
}

/// How often calls of a function are followed in vain.
const MOST_IN_VAIN: i32 = 1;

/// Most parts of a value that is kept.
const MOST_PARTS: u32 = 50_000;

/// Most values inside one another in it.
const DEEPEST: u32 = 64;

/// Looks whether nothing of a value can differ in another run.
struct Constancy {
    /// Whether what is unknown is let through, and what may have properties that are.
    unknown: bool,
    /// How much more is looked at.
    left: u32,
    /// Objects that were met, by when they were made.
    objects: FxHashSet<u64>,
    /// Names that were met, by where they are.
    scopes: FxHashSet<usize>,
}

impl Constancy {
    fn new(unknown: bool) -> Self {
        Self { unknown, left: MOST_PARTS, objects: FxHashSet::default(), scopes: FxHashSet::default() }
    }

    fn holds(&mut self, value: &Value<'_>, depth: u32) -> bool {
        let object = match value {
            Value::Opaque(_) => return self.unknown,
            Value::Object(object) => object,
            _ => return true,
        };
        // What was met before is being looked at, or was found to hold: else the search would be over.
        if object.kept_for.get().is_some() || !self.objects.insert(object.born) {
            return true;
        }
        self.left = self.left.saturating_sub(1);
        if self.left == 0 || depth > DEEPEST || !self.unknown && object.is_open() {
            return false;
        }
        let depth = depth + 1;
        let is_held = match &object.kind {
            Kind::Plain | Kind::Native(_) | Kind::Regex(..) | Kind::Env | Kind::Namespace(_) | Kind::Client => true,
            // What makes it like no other stays with it.
            Kind::Symbol(_) => true,
            Kind::List(items) | Kind::Set(items) => items.borrow().iter().all(|item| self.holds(item, depth)),
            Kind::Map(entries) => {
                entries.borrow().iter().all(|(key, value)| self.holds(key, depth) && self.holds(value, depth))
            }
            Kind::Function(closure) => self.names_hold(&closure.scope, depth) && self.holds(&closure.this, depth),
            Kind::Class { scope, parent, .. } => {
                self.names_hold(scope, depth) && parent.as_ref().is_none_or(|parent| self.holds(parent, depth))
            }
            Kind::Instance(class) => self.holds(class, depth),
            _ => false,
        };
        is_held && object.properties.borrow().iter().all(|slot| self.holds(&slot.value, depth))
    }

    /// The same of the names around a function.
    fn names_hold(&mut self, scope: &Rc<Scope<'_>>, depth: u32) -> bool {
        let names = scope.names.borrow();
        if scope.kept_for.get().is_some() || !names.is_empty() && !self.scopes.insert(Rc::as_ptr(scope) as usize) {
            return true;
        }
        names.iter().all(|(_, value)| self.holds(value, depth))
            && scope.parent.as_ref().is_none_or(|parent| self.names_hold(parent, depth))
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
    match &object.kind {
        Kind::List(items) | Kind::Set(items) => items.borrow().iter().for_each(|item| mark(item, name)),
        Kind::Map(entries) => entries.borrow().iter().for_each(|(key, value)| {
            mark(key, name);
            mark(value, name);
        }),
        Kind::Instance(class) => mark(class, name),
        Kind::Function(closure) => {
            mark(&closure.this, name);
            mark_names(&closure.scope, name);
        }
        Kind::Class { scope, .. } => mark_names(scope, name),
        _ => {}
    }
    object.properties.borrow().iter().for_each(|slot| mark(&slot.value, name));
}

fn mark_names(scope: &Scope<'_>, name: (ModuleId, Symbol)) {
    // The outermost level has no names of its own.
    if scope.kept_for.get().is_some() || scope.parent.is_none() && scope.names.borrow().is_empty() {
        return;
    }
    scope.kept_for.set(Some(name));
    scope.names.borrow().iter().for_each(|(_, value)| mark(value, name));
    if let Some(parent) = &scope.parent {
        mark_names(parent, name);
    }
}
