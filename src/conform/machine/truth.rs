//! Whether values count as true, and what the way that is taken then depends on.

use std::rc::Rc;

use super::super::program::Site;
use super::{Effect, EffectKind, Machine, Opaque, Origin, Taint, Value, Variable};

impl<'p> Machine<'p> {
    /// The way that is taken from here depends on a value.
    pub(super) fn depend_on(&mut self, taint: Taint, at: Site) {
        if taint.is_doubtful() {
            self.doubt(at);
        }
    }

    /// From here on it is not sure that the code goes this way.
    pub(super) fn doubt(&mut self, at: Site) {
        self.note_doubt(false, at);
    }

    fn note_doubt(&mut self, is_decided: bool, at: Site) {
        let at = self.lent.unwrap_or(at);
        self.walk.unsure.get_or_insert(at);
        let is_last = |last: &Effect<'p>| {
            matches!(last.kind, EffectKind::Doubt(decided) if decided == is_decided) && last.at == at
        };
        if !self.walk.effects.last().is_some_and(is_last) {
            self.effect(EffectKind::Doubt(is_decided), at);
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
        let known = self.walk.truths.get(&opaque.id).copied().or_else(|| self.is_true(opaque).then_some(true));
        if let Origin::EventField(name) = &opaque.origin {
            self.effect(EffectKind::Tested(name.clone(), known != Some(false)), at);
        }
        known
    }

    pub(super) fn truth(&mut self, opaque: &Rc<Opaque<'p>>, at: Site) -> bool {
        self.truth_of(opaque, at, 0)
    }

    /// The same of what holds only where something is lacking: what follows is more where nothing is.
    pub(super) fn unlikely(&mut self, value: &Value<'p>, at: Site) -> bool {
        match value {
            Value::Opaque(opaque) => self.decided(opaque, at, 0, false),
            known => self.truthy(known, at),
        }
    }

    /// Whether something unknown counts as true, which is one of the questions at a place.
    pub(super) fn truth_of(&mut self, opaque: &Rc<Opaque<'p>>, at: Site, which: u8) -> bool {
        self.decided(opaque, at, which, true)
    }

    /// The same, where a decision falls so by itself.
    fn decided(&mut self, opaque: &Rc<Opaque<'p>>, at: Site, which: u8, by_itself: bool) -> bool {
        if let Origin::Not(of) = &opaque.origin {
            return !self.decided(of, at, which, true);
        }
        self.walk.path_taint = self.walk.path_taint.with(opaque.taint);
        if let Some(known) = self.walk.truths.get(&opaque.id) {
            return *known;
        }
        if self.is_true(opaque) {
            return true;
        }
        if opaque.taint.is_doubtful() {
            self.note_doubt(true, opaque.at);
        }
        let taint = self.decided_on(opaque.taint);
        let is_by_itself = match self.lent {
            // All that a package decides is one question where it is called.
            Some(call) => self.walk.decisions.decide((call, which), self.walk.depth, taint),
            None => {
                let nodes = self.walk.nodes();
                self.walk.decisions.decide_on_value((at, which), self.walk.depth, nodes, taint)
            }
        };
        let decided = is_by_itself == by_itself;
        if let Origin::EventField(name) = &opaque.origin {
            self.effect(EffectKind::Tested(name.clone(), decided), at);
        }
        self.walk.truths.insert(opaque.id, decided);
        decided
    }

    /// What is decided on, as the run sees it: within a step nothing is decided by what an earlier one gave, as a retry
    /// does the step again with all that it decides.
    pub(super) fn decided_on(&self, taint: Taint) -> Taint {
        if self.walk.steps > 0 { taint.without(Taint::STEP) } else { taint }
    }

    /// Whether what is not known surely counts as true.
    fn is_true(&self, opaque: &Opaque<'p>) -> bool {
        matches!(opaque.origin, Origin::Made(_)) || self.is_filled(opaque)
    }

    /// Whether what is not known is surely a text that is not empty, or the length of one: a variable that is set has
    /// more than blanks in it.
    pub(super) fn is_filled(&self, opaque: &Opaque<'p>) -> bool {
        match &opaque.origin {
            Origin::Env(name) => self.world.variable(name) == Variable::Required,
            Origin::Template(parts) => parts.iter().any(|part| match part {
                Value::Text(text) => !text.is_empty(),
                Value::Opaque(part) => self.is_filled(part),
                _ => false,
            }),
            Origin::Property(of, name) => &**name == "length" && self.is_filled(of),
            _ => false,
        }
    }

    /// Whether what is not known is surely a number above zero.
    pub(super) fn is_positive(&self, value: &Value<'p>) -> bool {
        let Value::Opaque(opaque) = value else { return false };
        matches!(opaque.origin, Origin::Property(..)) && self.is_filled(opaque)
    }
}
