//! Whether values count as true, and what the way that is taken then depends on.

use std::rc::Rc;

use super::super::program::Site;
use super::{EffectKind, Machine, Opaque, Origin, Taint, Value};

impl<'p> Machine<'p> {
    /// The way that is taken from here depends on a value.
    pub(super) fn depend_on(&mut self, taint: Taint, at: Site) {
        if taint.has(Taint::GIVEN) {
            self.unsure.get_or_insert(self.lent.unwrap_or(at));
        }
    }

    /// Whether a value counts as true; decides when that is not known.
    pub(super) fn truthy(&mut self, value: &Value<'p>, at: Site) -> bool {
        match value {
            Value::Undefined | Value::Null => false,
            Value::Bool(value) => *value,
            Value::Number(value) => *value != 0.0 && !value.is_nan(),
            Value::Text(text) => !text.is_empty(),
            Value::Object(_) => true,
            Value::Opaque(opaque) => self.truth(opaque, at),
        }
    }

    /// Whether a value counts as true, where that decides what is done.
    pub(super) fn weighed(&mut self, value: &Value<'p>, at: Site) -> bool {
        if value.taint().has(Taint::QUERY) {
            self.effect(EffectKind::Weighed, at);
        }
        self.truthy(value, at)
    }

    /// Whether a value counts as true, where that is known or was decided; nothing is decided here.
    pub(super) fn settled_truth(&mut self, value: &Value<'p>, at: Site) -> Option<bool> {
        let Value::Opaque(opaque) = value else { return Some(self.truthy(value, at)) };
        if let Origin::Not(of) = &opaque.origin {
            return self.settled_truth(&Value::Opaque(of.clone()), at).map(|holds| !holds);
        }
        let known = self.truths.get(&opaque.id).copied();
        if let Origin::EventField(name) = &opaque.origin {
            self.effect(EffectKind::Tested(name.clone(), known != Some(false)), at);
        }
        known
    }

    pub(super) fn truth(&mut self, opaque: &Rc<Opaque<'p>>, at: Site) -> bool {
        if let Origin::Not(of) = &opaque.origin {
            return !self.truth(of, at);
        }
        self.path_taint = self.path_taint.with(opaque.taint);
        if let Some(known) = self.truths.get(&opaque.id) {
            return *known;
        }
        self.depend_on(opaque.taint, opaque.at);
        let decided = match self.lent {
            // All that a package decides is one question where it is called.
            Some(call) => self.decisions.decide((call, 0), self.depth),
            None => self.decisions.decide_unless_throwing((at, 0), self.depth),
        };
        if let Origin::EventField(name) = &opaque.origin {
            self.effect(EffectKind::Tested(name.clone(), decided), at);
        }
        self.truths.insert(opaque.id, decided);
        decided
    }
}
