//! Enums and namespaces: what TypeScript makes objects of.

use super::super::program::{EnumMember, Namespace, Site};
use super::{Frame, Kind, Machine, Object, Outcome, Slot, Value};

impl<'p> Machine<'p> {
    pub(super) fn enumeration(&mut self, members: &'p [EnumMember], frame: &Frame<'p>, at: Site) -> Outcome<'p> {
        let inner = frame.inner();
        let mut next = Some(0.0);
        let mut named = Vec::with_capacity(members.len());
        let mut numbered: Vec<(f64, Slot<'p>)> = Vec::new();
        for member in members {
            let value = match (&member.init, next) {
                (Some(init), _) => self.eval(init, &inner)?,
                (None, Some(number)) => Value::Number(number),
                (None, None) => self.unknown("a member of an enum", at),
            };
            if let Some(symbol) = member.symbol {
                inner.declare(symbol, value.clone());
            }
            let range = member.init.as_ref().map_or(member.range, |init| init.range);
            let slot = |name, value| Slot { name, value, is_getter: false, at: frame.site(range) };
            next = None;
            if let (Value::Number(number), Some(text)) = (&value, self.to_text(&value)) {
                next = Some(number + 1.0);
                numbered.push((*number, slot(text, Value::Text(member.name.clone()))));
            }
            named.push(slot(member.name.clone(), value));
        }
        // A number leads back to its name; properties that are numbers come first.
        numbered.sort_by(|(one, _), (two, _)| one.total_cmp(two));
        let object = Object::new(Kind::Plain, at);
        for slot in numbered.into_iter().map(|(_, slot)| slot).chain(named) {
            object.set(slot);
        }
        Ok(Value::Object(object))
    }

    pub(super) fn namespace(&mut self, namespace: &'p Namespace, frame: &Frame<'p>, at: Site) -> Outcome<'p> {
        let inner = frame.inner();
        self.hoist(&namespace.hoisted, &inner);
        self.statements(&namespace.body, &inner)?;
        let exports = namespace.exports.iter();
        let exports = exports.map(|(name, symbol)| (&**name, inner.get(*symbol).unwrap_or(Value::Undefined)));
        Ok(self.record(exports.collect(), at))
    }
}
