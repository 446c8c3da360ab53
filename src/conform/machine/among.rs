//! What is under a key that is not known, among a few: of each is asked whether it is that key.

use super::super::program::Site;
use super::{Kind, Machine, Value};

/// Most functions of a table of which each is tried.
const MOST_HANDLERS: usize = 12;

/// Most entries of any other table.
const MOST_ENTRIES: usize = 8;

/// The first of the questions at a place that ask which entry it is: each entry is one of its own, so that every entry is
/// taken on some way.
const FIRST_QUESTION: usize = 64;

impl<'p> Machine<'p> {
    /// The value under a key that is not known.
    pub(super) fn one_of(&mut self, entries: Vec<(Value<'p>, Value<'p>)>, key: &Value<'p>, at: Site) -> Value<'p> {
        let asked: Vec<Value<'p>> = entries.iter().map(|(name, _)| self.same(key, name, at)).collect();
        // What was decided before holds before anything is asked anew.
        let known = asked.iter().position(|is_it| match is_it {
            Value::Opaque(opaque) => self.walk.truths.get(&opaque.id) == Some(&true),
            other => matches!(other, Value::Bool(true)),
        });
        let chosen = known.or_else(|| {
            asked.iter().enumerate().position(|(index, is_it)| match is_it {
                Value::Opaque(opaque) => self.truth_of(opaque, at, (FIRST_QUESTION + index) as u8),
                other => matches!(other, Value::Bool(true)),
            })
        });
        match chosen {
            Some(chosen) => entries[chosen].1.clone(),
            // Who asks a table of records or of functions knows that what is asked for is in it, or looks.
            None if entries.iter().any(|(_, value)| matches!(value, Value::Object(_))) => {
                let of: Vec<&Value<'p>> = entries.iter().map(|(_, value)| value).chain([key]).collect();
                self.mixed("an element", &of, at)
            }
            None => Value::Undefined,
        }
    }

    /// How many there are: of those that are not known two may be the same.
    pub(super) fn count_of(&mut self, keys: &[Value<'p>], at: Site) -> Value<'p> {
        if keys.len() > 1 && keys.iter().any(|key| matches!(key, Value::Opaque(_))) {
            return self.unknown("a number", at);
        }
        Value::Number(keys.len() as f64)
    }
}

/// The names and values of an object that has nothing else, and few of them.
pub(super) fn few<'p>(value: &Value<'p>) -> Option<Vec<(Value<'p>, Value<'p>)>> {
    let object = value.as_object().filter(|object| matches!(object.kind, Kind::Plain) && !object.is_open())?;
    let slots = object.listed();
    let entries: Vec<(Value<'p>, Value<'p>)> =
        slots.iter().map(|slot| (Value::Text(slot.name.clone()), slot.value.clone())).collect();
    let is_lone = matches!(entries.as_slice(), [(_, Value::Object(_))]);
    (!slots.iter().any(|slot| slot.is_getter) && !is_lone && is_few(&entries)).then_some(entries)
}

/// Whether entries are few enough for each to be tried.
pub(super) fn is_few(entries: &[(Value<'_>, Value<'_>)]) -> bool {
    let is_table = entries.iter().all(|(_, value)| value.is_callable());
    !entries.is_empty() && entries.len() <= if is_table { MOST_HANDLERS } else { MOST_ENTRIES }
}
