//! What a run does, in order.

use std::rc::Rc;

use super::super::program::{ModuleId, Range, Site, Text};
use super::value::{Taint, Value};

/// One thing that a run did.
#[derive(Debug, Clone)]
pub struct Effect<'p> {
    /// What.
    pub kind: EffectKind<'p>,
    /// Where.
    pub at: Site,
    /// Whether a step surrounds it.
    pub in_step: bool,
}

/// A function of the application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId {
    /// Its module.
    pub module: ModuleId,
    /// Its first byte.
    pub start: u32,
}

/// What a run did.
#[derive(Debug, Clone)]
pub enum EffectKind<'p> {
    /// Read an environment variable.
    Env(Text),
    /// Read a query parameter of the request; `*` is all.
    Query(Text),
    /// Sent events.
    Send(Value<'p>),
    /// Entered a function of the application; the functions of the application among its arguments.
    Enter(FunctionId, Text, Vec<FunctionId>),
    /// Left it; whether by what it threw.
    Leave(bool),
    /// Called something outside of the application: what, and with what.
    Outside(Text, Rc<[Value<'p>]>),
    /// Wrote a status record.
    Status(Value<'p>),
    /// Began a step with this id.
    Step(Value<'p>),
    /// Read a field of the event's data.
    Field(Text),
    /// Took a field of the event's data for one that may be absent.
    Optional(Text),
    /// Asked whether a field of the event's data counts as true.
    Tested(Text),
    /// Served functions.
    Serve(Value<'p>),
    /// Threw by a statement: the error, and what the way there depended on.
    Throw(Value<'p>, Taint),
    /// Something outside of the application threw.
    Break,
}

impl Effect<'_> {
    /// Whether it is the beginning or the end of a call.
    pub(super) fn is_call(&self) -> bool {
        matches!(self.kind, EffectKind::Enter(..) | EffectKind::Leave(_))
    }

    /// Whether it is a call of something outside at this place.
    pub(super) fn is_outside_at(&self, site: Site) -> bool {
        matches!(self.kind, EffectKind::Outside(..)) && self.at == site
    }

    /// The same where a step may surround it.
    pub(super) fn within(&self, in_step: bool) -> Self {
        Self { kind: self.kind.clone(), at: self.at, in_step: self.in_step || in_step }
    }

    /// What it is, without what it was given.
    pub(super) fn name(&self) -> (u8, &str) {
        match &self.kind {
            EffectKind::Env(name) => (0, name),
            EffectKind::Query(name) => (1, name),
            EffectKind::Send(_) => (2, ""),
            EffectKind::Enter(_, name, _) => (3, name),
            EffectKind::Leave(_) => (4, ""),
            EffectKind::Outside(name, _) => (5, name),
            EffectKind::Status(_) => (6, ""),
            EffectKind::Step(_) => (7, ""),
            EffectKind::Field(name) => (8, name),
            EffectKind::Optional(name) => (9, name),
            EffectKind::Tested(name) => (10, name),
            EffectKind::Serve(_) => (11, ""),
            EffectKind::Throw(..) => (12, ""),
            EffectKind::Break => (13, ""),
        }
    }
}

impl FunctionId {
    /// The function at a place.
    pub fn of(module: ModuleId, range: Range) -> Self {
        Self { module, start: range.start }
    }
}
