//! Names: those of a call, of a block and of a round of a loop, with what is around an expression.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::super::program::{ModuleId, Range, Site, Symbol};
use super::value::birth;
use super::{Closure, Value};

/// Names of one call of a function.
pub struct Scope<'p> {
    /// The names with their values; the last one counts.
    pub names: RefCell<Vec<(Symbol, Value<'p>)>>,
    /// The names around.
    pub parent: Option<Rc<Scope<'p>>>,
    /// Whether a function was made among them.
    pub is_captured: Cell<bool>,
    /// The outermost name for which other runs keep a function that was made among them: they must not be changed.
    pub kept_for: Cell<Option<(ModuleId, Symbol)>>,
    /// When they were made, among all that the thread made.
    pub born: u64,
}

impl<'p> Scope<'p> {
    /// No names yet, in a call.
    pub(super) fn of_call(closure: &Closure<'p>) -> Rc<Self> {
        // Most functions have a few names beside their parameters.
        let count = closure.function.parameters.len() + closure.function.hoisted.len() + 2;
        let names = RefCell::new(Vec::with_capacity(count));
        Rc::new(Self { names, ..Self::new(Some(closure.scope.clone())) })
    }

    /// No names yet, among those around.
    pub fn within(parent: Option<Rc<Scope<'p>>>) -> Rc<Self> {
        Rc::new(Self::new(parent))
    }

    fn new(parent: Option<Rc<Scope<'p>>>) -> Self {
        Self {
            names: RefCell::default(),
            parent,
            is_captured: Cell::new(false),
            kept_for: Cell::new(None),
            born: birth(),
        }
    }
}

/// What surrounds an expression.
#[derive(Clone)]
pub struct Frame<'p> {
    pub(super) module: ModuleId,
    pub(super) scope: Rc<Scope<'p>>,
    pub(super) this: Value<'p>,
    /// The class whose member runs.
    pub(super) home: Option<Value<'p>>,
}

impl<'p> Frame<'p> {
    /// The outermost level of a module.
    pub(super) fn of_module(module: ModuleId) -> Self {
        Self { module, scope: Scope::within(None), this: Value::Undefined, home: None }
    }

    pub(super) fn site(&self, range: Range) -> Site {
        range.of(self.module)
    }

    /// The names of a block or of a round of a loop.
    pub(super) fn inner(&self) -> Self {
        Self { scope: Scope::within(Some(self.scope.clone())), ..self.clone() }
    }

    pub(super) fn declare(&self, symbol: Symbol, value: Value<'p>) {
        self.scope.names.borrow_mut().push((symbol, value));
    }

    pub(super) fn get(&self, symbol: Symbol) -> Option<Value<'p>> {
        let mut scope = Some(&self.scope);
        while let Some(here) = scope {
            if let Some((_, value)) = here.names.borrow().iter().rev().find(|(name, _)| *name == symbol) {
                return Some(value.clone());
            }
            scope = here.parent.as_ref();
        }
        None
    }

    /// Gives a name another value; where it was found.
    pub(super) fn set(&self, symbol: Symbol, value: Value<'p>) -> &Rc<Scope<'p>> {
        let mut scope = Some(&self.scope);
        while let Some(here) = scope {
            if let Some((_, old)) = here.names.borrow_mut().iter_mut().rev().find(|(name, _)| *name == symbol) {
                *old = value;
                return here;
            }
            scope = here.parent.as_ref();
        }
        self.declare(symbol, value);
        &self.scope
    }
}
