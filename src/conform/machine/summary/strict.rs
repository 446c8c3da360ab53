//! Calls that are told only where to run them would be the same.

use super::super::{Effect, Kind, Machine, Origin, Value};
use super::Summary;
use crate::conform::program::ModuleId;

impl<'p> Machine<'p> {
    /// Whether a call is told only where to run it would be the same: in a run that ends early, in a world where it
    /// is asked who may know what, and where it leads to a platform.
    pub(super) fn is_strict(&self, module: ModuleId) -> bool {
        let is_asked_otherwise = self.world.most_outside.is_some() || self.world.unguessable.is_some();
        is_asked_otherwise || !self.app.is_domain(module)
    }

    /// Whether a call does just this and gives a value that is known, within what ends the run: to run it
    /// where it stands would be the same.
    pub(super) fn is_within(&self, summary: &Summary<'p>) -> bool {
        let [way] = summary.ways.as_slice() else { return false };
        let (Ok(value) | Err(value)) = &way.outcome;
        !summary.is_partial
            && !way.decided
            && way.nodes <= self.walk.fuel
            && !self.shows_enough_after(way.outside)
            && way.effects.iter().all(Effect::is_of_loading)
            && (!summary.has_own || !matches!(value, Value::Object(_)))
            && is_known(value, 0)
    }
}

/// Whether nothing of a value is unknown but the texts of variables.
fn is_known(value: &Value<'_>, depth: u32) -> bool {
    match value {
        Value::Opaque(opaque) => match &opaque.origin {
            Origin::Env(_) => true,
            Origin::Template(parts) => depth < 8 && parts.iter().all(|part| is_known(part, depth + 1)),
            _ => false,
        },
        Value::Object(object) => {
            let items = match &object.kind {
                Kind::Plain | Kind::Instance(_) | Kind::Date(_) => true,
                Kind::List(items) => items.borrow().iter().all(|item| is_known(item, depth + 1)),
                _ => false,
            };
            items
                && depth < 8
                && !object.is_open()
                && object.properties.borrow().iter().all(|slot| is_known(&slot.value, depth + 1))
        }
        _ => true,
    }
}

/// Whether a value is an object that other runs do not have.
pub(super) fn is_of_run(value: &Value<'_>) -> bool {
    value.as_object().is_some_and(|object| object.kept_for.get().is_none())
}
