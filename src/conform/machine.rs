//! Runs the application's code as far as it is known: an interpreter whose values may be opaque.
//!
//! A run is one path: where a condition is opaque, a decision is taken, and [`explore`] comes back for
//! the other one. Nothing outside of the application is run, nothing is read but the application's
//! text, and every run ends: fuel and depth are bounded. What code does is recorded as effects; what
//! that means for a contract is not decided here.

mod amending;
mod among;
mod asked;
mod assign;
mod builtin;
mod call;
mod class;
mod compared;
mod constant;
mod declared;
mod describe;
mod effect;
mod environment;
mod eval;
mod explore;
mod forgotten;
mod gathered;
mod inngest;
mod instance;
mod iterate;
mod litter;
mod module;
mod number;
mod object;
mod operator;
mod outside;
mod primitive;
mod property;
mod queried;
mod scope;
mod shared;
mod statement;
mod summary;
mod template;
mod texts;
mod truth;
mod value;
mod walk;
mod world;

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

pub use builtin::{UUID, holds_random};
use effect::Effect;
pub use effect::{Begun, Done, EffectKind, FunctionId};
pub use explore::{Course, Explored, Explorer, Limits, Path};
pub use inngest::{Definition, FUNCTION_ID};
pub(in crate::conform) use number::number_text;
pub use object::{Beyond, Object, Slot};
pub use scope::{Frame, Scope};
pub use texts::to_text;
pub use value::{Closure, Holder, Kind, Opaque, Origin, Taint, Value};
pub use world::{Breaks, Failing, Rest, SECRET, SendOutcome, Variable, World};

use super::application::Application;
use super::program::{ModuleId, Site, Text};
use explore::Decisions;
use litter::Litter;
use shared::Shared;
use walk::Walk;

/// Most calls inside each other.
const DEPTH: u32 = 120;

/// Longer texts are not known: code that makes them has no end that matters here.
const LONGEST: usize = 1 << 20;

/// Longer lists are not known either.
const LONGEST_LIST: usize = 100_000;

/// Most rounds of a loop.
const ROUNDS: u32 = 4_000;

/// Why a run does not go on.
#[derive(Debug, Clone)]
pub enum Abrupt<'p> {
    /// Something was thrown.
    Throw(Value<'p>),
    /// It takes too long, or goes too deep.
    Halt,
}

/// A value, or why there is none.
pub type Outcome<'p, T = Value<'p>> = Result<T, Abrupt<'p>>;

/// One run.
pub struct Machine<'p> {
    app: &'p Application,
    world: Rc<World>,
    /// What runs of the same code have in common.
    shared: Rc<Shared<'p>>,
    /// The function that takes status records.
    writer: Option<FunctionId>,
    /// The module by which the application is loaded.
    entry: Option<ModuleId>,
    /// The process was called before: what its modules hold may be of then.
    is_again: bool,
    /// Names of query parameters that the request has.
    query_names: Vec<Text>,
    /// The way that is being followed.
    walk: Walk<'p>,
    /// Calls that are being followed by themselves, the outermost first.
    open: Vec<summary::Open>,
    /// What is being asked of the world, by what is being found out.
    asking: Vec<asked::Asking>,
    /// What the world said to what was asked before.
    told: RefCell<asked::Told>,
    /// How often something was asked that another run may be told otherwise.
    asked: u32,
    opaques: u32,
    /// Where the application called the package whose code is being run.
    lent: Option<Site>,
    /// What the generators around gave so far; none when that is not known.
    yields: Vec<Option<Vec<Value<'p>>>>,
    /// A timer is firing.
    is_late: bool,
    /// When the promises were made that were settled so far, in order.
    kept: Vec<u64>,
    /// Modules whose variables were given other values.
    amended: FxHashSet<ModuleId>,
    native_cache: FxHashMap<Text, Value<'p>>,
    /// What would outlive the run because it holds itself.
    litter: Litter<'p>,
    /// What is older than this, other runs have in common with this one.
    born: u64,
}

impl<'p> Machine<'p> {
    fn new(
        app: &'p Application,
        world: Rc<World>,
        shared: Rc<Shared<'p>>,
        writer: Option<FunctionId>,
        fuel: u32,
        decisions: Decisions,
    ) -> Self {
        Self {
            app,
            world,
            shared,
            writer,
            entry: None,
            is_again: false,
            query_names: Vec::new(),
            walk: Walk::new(fuel, decisions),
            open: Vec::new(),
            asking: Vec::new(),
            told: RefCell::default(),
            asked: 0,
            opaques: 0,
            lent: None,
            yields: Vec::new(),
            is_late: false,
            kept: Vec::new(),
            amended: FxHashSet::default(),
            native_cache: FxHashMap::default(),
            litter: Litter::default(),
            born: value::birth(),
        }
    }

    /// The application that is run.
    pub fn app(&self) -> &'p Application {
        self.app
    }

    /// Inngest functions that were defined so far.
    pub fn definitions(&self) -> &[Definition<'p>] {
        &self.walk.definitions
    }

    /// Something outside is called; it ends a run that has shown enough.
    fn leave(&mut self) -> Outcome<'p, ()> {
        self.walk.outside += 1;
        if self.has_shown_enough() { Err(Abrupt::Halt) } else { Ok(()) }
    }

    fn has_shown_enough(&self) -> bool {
        self.walk.has_sent_enough || self.shows_enough_after(0)
    }

    /// Whether the run will have shown enough after so many more calls of something outside. A call that is followed by
    /// itself is followed to its end: it is told to runs that need all of it.
    fn shows_enough_after(&self, calls: usize) -> bool {
        self.world.most_outside.is_some_and(|most| self.open.is_empty() && self.walk.outside + calls > most)
    }

    fn burn(&mut self) -> Outcome<'p, ()> {
        match self.walk.fuel.checked_sub(1) {
            Some(left) if !self.follows_in_vain() => {
                self.walk.fuel = left;
                Ok(())
            }
            _ => Err(Abrupt::Halt),
        }
    }

    fn effect(&mut self, kind: EffectKind<'p>, at: Site) {
        if !matches!(kind, EffectKind::Enter(..) | EffectKind::Leave(_)) {
            self.asked += 1;
        }
        let in_step = self.walk.steps > 0;
        self.walk.effects.push(Effect { kind, at: self.lent.unwrap_or(at), in_step });
    }

    /// Something is about to be changed.
    fn touch(&mut self, object: &Rc<Object<'p>>) {
        // What the platform gives is older than all code.
        self.note_change(if matches!(object.kind, Kind::Native(_)) { 0 } else { object.born });
        self.may_hold_itself(object);
        if let Some(name) = object.kept_for.get() {
            self.shared.spoil(name);
        }
    }

    /// An object is given something that may lead back to it.
    fn may_hold_itself(&mut self, object: &Rc<Object<'p>>) {
        if object.born >= self.born {
            self.litter.changed(object);
        } else {
            self.shared.litter.borrow_mut().changed(object);
        }
    }

    /// Keeps a property of an unknown value: the same one is the same value.
    fn know(&mut self, opaque: &Rc<Opaque<'p>>, name: &str, value: Value<'p>) {
        let mut known = opaque.known.borrow_mut();
        if known.is_empty() {
            if opaque.id >= self.born {
                self.litter.asked(opaque);
            } else {
                self.shared.litter.borrow_mut().asked(opaque);
            }
        }
        known.push((Text::from(name), value));
    }

    /// What tells whether an evaluation asked something that another run may be told otherwise.
    fn questions(&self) -> (u32, u32, u32, usize, usize) {
        (self.asked, self.opaques, self.walk.uuids, self.walk.decisions.count(), self.walk.definitions.len())
    }

    /// What tells whether code did anything but compute: a loop that did not will end by itself.
    fn happened(&self) -> (u32, u32, usize, usize) {
        (self.asked, self.walk.uuids, self.walk.decisions.count(), self.walk.outside)
    }

    /// A new opaque value.
    pub fn opaque(&mut self, origin: Origin<'p>, taint: Taint, at: Site) -> Value<'p> {
        self.opaques += 1;
        let loading = self.walk.outermost > 0;
        Value::Opaque(Rc::new(Opaque { id: value::birth(), origin, taint, at, loading, known: RefCell::default() }))
    }

    fn unknown(&mut self, what: &'static str, at: Site) -> Value<'p> {
        self.opaque(Origin::Other(what), Taint::default(), at)
    }

    /// An opaque value that depends on others.
    fn mixed(&mut self, what: &'static str, of: &[&Value<'p>], at: Site) -> Value<'p> {
        let taint = Taint::of(of.iter().copied());
        self.opaque(Origin::Other(what), taint, at)
    }

    /// A number that is computed of others, and is not known.
    fn computed(&mut self, of: &[&Value<'p>], at: Site) -> Value<'p> {
        match number::parts(of) {
            Some(parts) => self.opaque(Origin::Number(Rc::new(parts)), Taint::of(of.iter().copied()), at),
            None => self.mixed("a number", of, at),
        }
    }

    /// What this machine does not model: of what is known, it alone does not know it, so that the way which is
    /// taken by it is not sure.
    fn unread(&mut self, what: &'static str, of: &[&Value<'p>], at: Site) -> Value<'p> {
        let taint = Taint::of(of.iter().copied());
        let is_known = of.iter().all(|value| value.is_known(0));
        self.opaque(Origin::Other(what), if is_known { taint.with(Taint::UNREAD) } else { taint }, at)
    }

    /// A new object.
    pub fn object(&mut self, kind: Kind<'p>, at: Site) -> Value<'p> {
        Value::Object(Object::new(kind, at))
    }

    /// A new list.
    pub fn list(&mut self, items: Vec<Value<'p>>, at: Site) -> Value<'p> {
        if items.len() > LONGEST_LIST {
            return self.unknown("a long list", at);
        }
        self.object(Kind::List(RefCell::new(items)), at)
    }

    /// A new object with these properties.
    pub fn record(&mut self, properties: Vec<(&str, Value<'p>)>, at: Site) -> Value<'p> {
        let object = Object::new(Kind::Plain, at);
        for (name, value) in properties {
            object.set(Slot { name: Text::from(name), value, is_getter: false, at });
        }
        Value::Object(object)
    }

    fn native(&mut self, path: &str) -> Value<'p> {
        if let Some(known) = self.native_cache.get(path) {
            return known.clone();
        }
        let path = Text::from(path);
        let value = Value::Object(Object::new(Kind::Native(path.clone()), Site::default()));
        self.native_cache.insert(path, value.clone());
        value
    }

    /// An error of a class, with a message.
    pub fn error(&mut self, name: &str, message: &str, at: Site) -> Value<'p> {
        let object = Object::new(Kind::Error(Text::from(name)), at);
        object.set(Slot { name: Text::from("message"), value: Value::text(message), is_getter: false, at });
        Value::Object(object)
    }

    fn throw<T>(&mut self, name: &str, message: &str, at: Site) -> Outcome<'p, T> {
        // Code that is in use does not ask things of `undefined`: rather something was not modelled.
        if name == "TypeError" {
            self.doubt(at);
        }
        Err(Abrupt::Throw(self.error(name, message, at)))
    }

    /// Something outside of the application was called: it may throw where that would be caught.
    fn may_throw(&mut self, at: Site) -> Outcome<'p, ()> {
        let Some(attempt) = self.walk.tries.last_mut() else {
            self.note_raise(at);
            return Ok(());
        };
        if attempt.asked {
            return Ok(());
        }
        attempt.asked = true;
        let question = (attempt.at, 1);
        if self.walk.decisions.decide_unlikely(question, self.walk.depth) {
            self.effect(EffectKind::Break, at);
            let error = self.unknown("an error", at);
            return Err(Abrupt::Throw(error));
        }
        Ok(())
    }
}
