//! What a run does, in order.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::super::program::{ModuleId, Range, Site, Text};
use super::value::{Opaque, Taint, Value};

/// One thing that a path did, once what it was told of calls is taken apart.
#[derive(Debug, Clone, Copy)]
pub struct Done<'e, 'p> {
    /// What.
    pub kind: &'e EffectKind<'p>,
    /// Where.
    pub at: Site,
    /// Whether a step surrounds it.
    pub in_step: bool,
}

/// All that was done, where `effects` tell some of it in one; of what was told twice the second time is
/// left out.
pub(super) fn flattened<'e, 'p>(effects: &'e [Effect<'p>]) -> Vec<Done<'e, 'p>> {
    let mut all = Vec::with_capacity(effects.len() * 4);
    flatten(effects, false, &mut FxHashSet::default(), &mut all);
    all
}

fn flatten<'e, 'p>(
    effects: &'e [Effect<'p>],
    in_step: bool,
    seen: &mut FxHashSet<(*const Effect<'p>, bool)>,
    all: &mut Vec<Done<'e, 'p>>,
) {
    for effect in effects {
        let in_step = effect.in_step || in_step;
        match &effect.kind {
            EffectKind::Told(inner) if inner.is_empty() || !seen.insert((inner.as_ptr(), in_step)) => {}
            EffectKind::Told(inner) => flatten(inner, in_step, seen, all),
            kind => all.push(Done { kind, at: effect.at, in_step }),
        }
    }
}

/// Adds what is done up to a call of something outside at a place; whether it is there.
pub(super) fn until_outside<'p>(effects: &[Effect<'p>], site: Site, in_step: bool, all: &mut Vec<Effect<'p>>) -> bool {
    for effect in effects {
        let in_step = effect.in_step || in_step;
        if let EffectKind::Told(inner) = &effect.kind {
            if until_outside(inner, site, in_step, all) {
                return true;
            }
            continue;
        }
        all.push(Effect { kind: effect.kind.clone(), at: effect.at, in_step });
        if matches!(effect.kind, EffectKind::Outside(..)) && effect.at == site {
            return true;
        }
    }
    false
}

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

/// What has to be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Begun {
    /// Something outside of the application is called, and somebody says that nobody is to wait.
    Aside,
    /// Something outside of the application is called.
    Work,
    /// A status is written.
    Status,
    /// A step runs.
    Step,
    /// Events are sent.
    Send,
}

/// What a run did.
#[derive(Debug, Clone)]
pub enum EffectKind<'p> {
    /// Read an environment variable.
    Env(Text),
    /// Read a query parameter of the request; `*` is all, `?` all of them as one text.
    Query(Text),
    /// Read the method of the request.
    Method,
    /// Read a header of the request that is not known; empty when its name is not known either.
    Header(Text),
    /// Sent events.
    Send(Value<'p>),
    /// Entered a function of the application; the functions of the application among its arguments, and whether a
    /// query parameter is among what it was given.
    Enter(FunctionId, Text, Vec<FunctionId>, bool),
    /// Left it; whether by what it threw.
    Leave(bool),
    /// Called something outside of the application: what it is for people, with what, and what it is.
    Outside(Text, Rc<[Value<'p>]>, Option<Rc<Opaque<'p>>>),
    /// Wrote a status record.
    Status(Value<'p>),
    /// Began a step with this id.
    Step(Value<'p>),
    /// Got this from a step that ran: what follows is told nothing of it.
    Gave(Value<'p>),
    /// Read a field of the event's data.
    Field(Text),
    /// Took a field of the event's data for one that may be absent.
    Optional(Text),
    /// Asked whether a field of the event's data counts as true, and went on as if it did or did not.
    Tested(Text, bool),
    /// Decided by a query parameter.
    Weighed,
    /// Asked whether a query parameter of the request has this name.
    Named(Text),
    /// Went a way of which it is not sure that the code goes it; whether that was decided, so that there is another way
    /// on which it falls otherwise.
    Doubt(bool),
    /// Served functions.
    Serve(Value<'p>),
    /// Threw by a statement.
    Throw {
        /// What.
        error: Value<'p>,
        /// What the way there depended on.
        taint: Taint,
        /// Whether the condition right around it is not known.
        by_choice: bool,
    },
    /// Something outside of the application threw.
    Break,
    /// Nobody waits for what was begun here; where it is work, what is called of it outside.
    Drop(Begun, Rc<[Site]>),
    /// The same process is called again, at another instant.
    Again,
    /// Began, or ended, to make the value of an outermost name: what is done there belongs to no request.
    Load(bool),
    /// Did all that a call does which was followed by itself.
    Told(Rc<[Effect<'p>]>),
}

impl Effect<'_> {
    /// Whether another run may be told otherwise.
    pub(super) fn asks(&self) -> bool {
        match &self.kind {
            EffectKind::Enter(..) | EffectKind::Leave(_) | EffectKind::Load(_) | EffectKind::Doubt(_) => false,
            EffectKind::Told(inner) => inner.iter().any(Self::asks),
            _ => true,
        }
    }

    /// Whether loading a module does it in any run.
    pub(super) fn is_of_loading(&self) -> bool {
        match &self.kind {
            EffectKind::Env(_)
            | EffectKind::Enter(..)
            | EffectKind::Leave(_)
            | EffectKind::Outside(..)
            | EffectKind::Doubt(_)
            | EffectKind::Load(_) => true,
            EffectKind::Told(inner) => inner.iter().all(Self::is_of_loading),
            _ => false,
        }
    }

    /// Whether it is one that others than the code at hand see.
    pub(super) fn is_done_outside(&self) -> bool {
        match &self.kind {
            EffectKind::Outside(..) | EffectKind::Send(_) | EffectKind::Status(_) | EffectKind::Step(_) => true,
            EffectKind::Told(inner) => inner.iter().any(Self::is_done_outside),
            _ => false,
        }
    }

    /// What it begins that has to be waited for, the weightiest of it; of what was dropped already nothing more.
    pub(super) fn begins(&self) -> Option<Begun> {
        match &self.kind {
            EffectKind::Status(_) => Some(Begun::Status),
            EffectKind::Step(_) => Some(Begun::Step),
            EffectKind::Send(_) => Some(Begun::Send),
            EffectKind::Outside(..) => Some(Begun::Work),
            EffectKind::Told(inner) => inner.iter().filter_map(Self::begins).max(),
            _ => None,
        }
    }

    /// The weightiest of what was begun and nobody waits for.
    pub(super) fn drops(&self) -> Option<Begun> {
        match &self.kind {
            EffectKind::Drop(begun, _) => Some(*begun),
            EffectKind::Told(inner) => inner.iter().filter_map(Self::drops).max(),
            _ => None,
        }
    }

    /// Adds where something outside is called.
    pub(super) fn outside(&self, all: &mut Vec<Site>) {
        match &self.kind {
            EffectKind::Outside(..) => all.push(self.at),
            EffectKind::Told(inner) => inner.iter().for_each(|effect| effect.outside(all)),
            _ => {}
        }
    }

    /// What it is, without what it was given.
    pub(super) fn identity(&self) -> (Site, u8, usize) {
        let (kind, which) = match &self.kind {
            EffectKind::Env(_) => (0, 0),
            EffectKind::Query(_) => (1, 0),
            EffectKind::Send(_) => (2, 0),
            EffectKind::Enter(id, ..) => (3, id.module as usize ^ (id.start as usize) << 32),
            EffectKind::Leave(_) => (4, 0),
            EffectKind::Outside(..) => (5, 0),
            EffectKind::Status(_) => (6, 0),
            EffectKind::Step(_) => (7, 0),
            EffectKind::Field(_) => (8, 0),
            EffectKind::Optional(_) => (9, 0),
            EffectKind::Tested(..) => (10, 0),
            EffectKind::Serve(_) => (11, 0),
            EffectKind::Throw { .. } => (12, 0),
            EffectKind::Break => (13, 0),
            EffectKind::Header(_) => (15, 0),
            EffectKind::Again => (16, 0),
            EffectKind::Load(_) => (17, 0),
            EffectKind::Weighed => (18, 0),
            EffectKind::Doubt(is_decided) => (19, usize::from(*is_decided)),
            EffectKind::Drop(..) => (20, 0),
            EffectKind::Named(_) => (21, 0),
            EffectKind::Method => (22, 0),
            EffectKind::Gave(_) => (23, 0),
            EffectKind::Told(inner) => (14, Rc::as_ptr(inner) as *const () as usize),
        };
        (self.at, kind, which)
    }
}

impl FunctionId {
    /// The function at a place.
    pub fn of(module: ModuleId, range: Range) -> Self {
        Self { module, start: range.start }
    }
}
