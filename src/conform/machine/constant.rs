//! Parts of what an outermost name is made of that are the same in every run: the schemas that an environment is
//! parsed with, while what is parsed is another in each world.

use super::super::program::{Expr, ModuleId, Symbol};
use super::{Frame, Machine, Outcome, Value};

/// The value of a part, with how much making it took.
#[derive(Clone)]
pub(super) struct Constant<'p> {
    value: Value<'p>,
    /// How many nodes were evaluated.
    nodes: u32,
    /// How many of them in calls that were told.
    told: u32,
}

impl<'p> Constant<'p> {
    pub(super) fn value(&self) -> &Value<'p> {
        &self.value
    }
}

impl<'p> Machine<'p> {
    /// The value of a call that an outermost name is made of. It is made once in a run: so that runs have it in common
    /// is never seen.
    pub(super) fn constant(&mut self, expr: &'p Expr, frame: &Frame<'p>) -> Outcome<'p> {
        let Some(name) = self.name_of_parts(frame) else { return self.linked(expr, frame) };
        let site = frame.site(expr.range);
        if let Some(known) = self.shared.constant(site)
            && let Some(left) = self.walk.fuel.checked_sub(known.nodes)
        {
            self.walk.fuel = left;
            self.walk.told = self.walk.told.saturating_add(known.told);
            return Ok(known.value);
        }
        let before = (self.questions(), self.walk.joined);
        let (fuel, told) = (self.walk.fuel, self.walk.told);
        let value = self.linked(expr, frame)?;
        if before == (self.questions(), self.walk.joined) {
            let (nodes, told) = (fuel - self.walk.fuel, self.walk.told - told);
            self.shared.keep_constant(site, name, Constant { value: value.clone(), nodes, told });
        }
        Ok(value)
    }

    /// The outermost name that is being made, where an expression is evaluated once to make it.
    fn name_of_parts(&self, frame: &Frame<'p>) -> Option<(ModuleId, Symbol)> {
        let name = self.walk.loading.initial.filter(|(module, _)| *module == frame.module)?;
        (frame.scope.parent.is_none() && self.amended.is_empty()).then_some(name)
    }

    fn linked(&mut self, expr: &'p Expr, frame: &Frame<'p>) -> Outcome<'p> {
        Ok(self.link(expr, frame)?.unwrap_or(Value::Undefined))
    }
}
