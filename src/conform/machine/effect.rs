//! What a run does, in order.

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
    Outside(Text, Vec<Value<'p>>),
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

impl FunctionId {
    /// The function at a place.
    pub fn of(module: ModuleId, range: Range) -> Self {
        Self { module, start: range.start }
    }
}
