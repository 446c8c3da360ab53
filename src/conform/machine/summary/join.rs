//! Ways through a call that end alike, as one.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::super::object::CLASS;
use super::super::{Effect, EffectKind, Kind, Machine, Object, Origin, Slot, Taint, Value, holds_random};
use super::Way;
use super::given::Given;
use crate::conform::program::{Site, Text};

/// Most ways in which one call ends.
const MOST_WAYS: usize = 5;

/// Most values of which it is kept that one is one of them.
const MOST_VALUES: usize = 8;

/// How many values inside one another are told apart; what holds itself has no end.
const DEEPEST: u32 = 8;

impl<'p> Machine<'p> {
    /// The ways of a call, those that end alike as one, first those that give something; none when the call
    /// has to be run where it stands.
    pub(super) fn joined_ways(&mut self, all: Vec<Way<'p>>, given: &Given<'p>, has_uuid: bool) -> Vec<Way<'p>> {
        let mut ways: Vec<(String, Way<'p>)> = Vec::new();
        for way in all {
            let (Ok(value) | Err(value)) = &way.outcome;
            if !self.is_data(value, given) || (has_uuid && is_random(value, 0)) {
                return Vec::new();
            }
            let end = match &way.outcome {
                Ok(value) => sort(value),
                Err(value) => format!("throws {}", sort(value)),
            };
            match ways.iter_mut().find(|(known, _)| *known == end) {
                Some((_, known)) => {
                    if !self.join_way(known, way) {
                        return Vec::new();
                    }
                }
                None => ways.push((end, way)),
            }
        }
        let mut ways: Vec<Way<'p>> = ways.into_iter().map(|(_, way)| way).collect();
        ways.sort_by_key(|way| way.outcome.is_err());
        // Numbers and texts that differ: which one it is counts less than that it is one of them.
        while ways.len() > MOST_WAYS {
            let is_scalar =
                |way: &Way<'p>| matches!(way.outcome, Ok(Value::Text(_) | Value::Number(_) | Value::Opaque(_)));
            let Some(first) = ways.iter().position(is_scalar) else { return Vec::new() };
            let Some(second) = ways.iter().skip(first + 1).position(is_scalar) else { return Vec::new() };
            let second = ways.remove(first + 1 + second);
            if !self.join_way(&mut ways[first], second) {
                return Vec::new();
            }
        }
        ways
    }

    /// Makes two ways one; false when what they give has no common form.
    fn join_way(&mut self, known: &mut Way<'p>, other: Way<'p>) -> bool {
        let joined = match (&known.outcome, &other.outcome) {
            (Ok(one), Ok(two)) => self.join(one, two, known.taint.with(other.taint), 0).map(Ok),
            (Err(one), Err(two)) => self.join(one, two, known.taint.with(other.taint), 0).map(Err),
            _ => None,
        };
        let Some(joined) = joined else { return false };
        known.outcome = joined;
        known.taint = known.taint.with(other.taint);
        known.common = match (known.decided, other.decided) {
            (true, true) => known.common.common(other.common),
            (true, false) => known.common,
            (false, _) => other.common,
        };
        known.decided |= other.decided;
        known.unsure = known.unsure.or(other.unsure);
        known.raises = known.raises.or(other.raises);
        known.outside = known.outside.max(other.outside);
        known.nodes = known.nodes.max(other.nodes);
        if let Some(effects) = with_effects(&known.effects, &other.effects) {
            known.effects = effects;
            known.asks |= other.asks;
        }
        true
    }

    /// A value that is one or the other, inside of others; `None` when that can be called.
    fn join(&mut self, one: &Value<'p>, two: &Value<'p>, taint: Taint, depth: u32) -> Option<Value<'p>> {
        match (one, two) {
            (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => return Some(one.clone()),
            (Value::Bool(a), Value::Bool(b)) if a == b => return Some(one.clone()),
            (Value::Number(a), Value::Number(b)) if a.to_bits() == b.to_bits() => return Some(one.clone()),
            (Value::Text(a), Value::Text(b)) if a == b => return Some(one.clone()),
            (Value::Opaque(a), Value::Opaque(b)) if Rc::ptr_eq(a, b) => return Some(one.clone()),
            (Value::Object(a), Value::Object(b)) if depth < DEEPEST => {
                if Rc::ptr_eq(a, b) {
                    return Some(one.clone());
                }
                if let Some(joined) = self.join_objects(a, b, taint, depth) {
                    return Some(joined);
                }
            }
            _ => {}
        }
        if can_act(one, 0) || can_act(two, 0) {
            return None;
        }
        let taint = taint.with(deep_taint(one, 0)).with(deep_taint(two, 0));
        let at = one.as_object().or(two.as_object()).map_or(Site::default(), |object| object.at);
        // A client is one whatever it was made with.
        if let (Value::Opaque(a), Value::Opaque(b)) = (one, two)
            && let (Origin::Made(of), Origin::Made(_)) = (&a.origin, &b.origin)
            && a.describe() == b.describe()
        {
            return Some(self.opaque(Origin::Made(of.clone()), taint, a.at));
        }
        let origin = match values_of(one).chain(values_of(two)).cloned().collect::<Vec<_>>() {
            all if all.len() <= MOST_VALUES => Origin::OneOf(Rc::new(all)),
            _ => Origin::Other("one of several values"),
        };
        Some(self.opaque(origin, taint, at))
    }

    fn join_objects(&mut self, a: &Rc<Object<'p>>, b: &Rc<Object<'p>>, taint: Taint, depth: u32) -> Option<Value<'p>> {
        let kind = match (&a.kind, &b.kind) {
            (Kind::Plain, Kind::Plain) => Kind::Plain,
            (Kind::Error(one), Kind::Error(two)) if one == two => Kind::Error(one.clone()),
            (Kind::Instance(one), Kind::Instance(two)) if one.as_object()?.at == two.as_object()?.at => {
                Kind::Instance(one.clone())
            }
            (Kind::List(one), Kind::List(two)) if one.borrow().len() == two.borrow().len() => {
                let (one, two) = (one.borrow().clone(), two.borrow().clone());
                let items: Option<Vec<_>> =
                    one.iter().zip(&two).map(|(one, two)| self.join(one, two, taint, depth + 1)).collect();
                Kind::List(items?.into())
            }
            (Kind::Date(one), Kind::Date(two)) if one.get().to_bits() == two.get().to_bits() => Kind::Date(one.clone()),
            (Kind::Promise(Ok(one)), Kind::Promise(Ok(two))) => {
                Kind::Promise(Ok(self.join(one, two, taint, depth + 1)?))
            }
            (Kind::Promise(Err(one)), Kind::Promise(Err(two))) => {
                Kind::Promise(Err(self.join(one, two, taint, depth + 1)?))
            }
            _ => return None,
        };
        let joined = Object::new(kind, a.at);
        if a.is_open() || b.is_open() {
            joined.open();
        }
        let (ours, theirs) = (a.properties.borrow().clone(), b.properties.borrow().clone());
        let missing = |slot: &Slot<'p>| Slot { value: Value::Undefined, ..slot.clone() };
        for slot in &ours {
            let other = theirs.iter().find(|other| other.name == slot.name).cloned();
            let value = self.join(&slot.value, &other.unwrap_or_else(|| missing(slot)).value, taint, depth + 1)?;
            joined.set(Slot { value, ..slot.clone() });
        }
        for slot in theirs.iter().filter(|slot| !ours.iter().any(|other| other.name == slot.name)) {
            let value = self.join(&Value::Undefined, &slot.value, taint, depth + 1)?;
            joined.set(Slot { value, ..slot.clone() });
        }
        Some(Value::Object(joined))
    }
}

/// The values that a value is one of: itself alone, unless it was made one of several.
fn values_of<'v, 'p>(value: &'v Value<'p>) -> std::slice::Iter<'v, Value<'p>> {
    match value {
        Value::Opaque(opaque) => match &opaque.origin {
            Origin::OneOf(values) => values.iter(),
            _ => std::slice::from_ref(value).iter(),
        },
        _ => std::slice::from_ref(value).iter(),
    }
}

/// What a value is as far as code asks first: whether there is one, and of which kind.
fn sort(value: &Value<'_>) -> String {
    match value {
        Value::Undefined => "undefined".into(),
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => format!("number {value}"),
        Value::Text(text) => format!("text {text}"),
        Value::Opaque(_) => "unknown".into(),
        Value::Object(object) => match &object.kind {
            // An answer of one shape and one of another: code that is given them tells them apart.
            Kind::Plain => {
                let slots = object.properties.borrow();
                let mut flags: Vec<String> = slots.iter().filter_map(|slot| told_by(&slot.name, &slot.value)).collect();
                flags.sort();
                format!("record {}", flags.join(","))
            }
            Kind::List(_) => "list".into(),
            Kind::Error(class) => format!("error {class}"),
            Kind::Instance(class) => format!("instance {:?}", class.as_object().map(|class| class.at)),
            Kind::Promise(Ok(value)) => format!("promise of {}", sort(value)),
            Kind::Promise(Err(value)) => format!("broken promise of {}", sort(value)),
            _ => format!("{:p}", Rc::as_ptr(object)),
        },
    }
}

/// A known truth of a record, `ok: false`, by which code tells one from another.
fn told_by(name: &Text, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Bool(value) => Some(format!("{name}:{value}")),
        _ => None,
    }
}

/// Whether a value is, or holds, something whose methods are code of the application.
fn can_act(value: &Value<'_>, depth: u32) -> bool {
    let Value::Object(object) = value else { return false };
    if depth > 6 {
        return true;
    }
    match &object.kind {
        Kind::Date(_) if object.has(CLASS) => return true,
        Kind::Plain | Kind::Error(_) | Kind::Date(_) | Kind::Bytes(..) | Kind::Url(..) | Kind::Regex(..) => {}
        Kind::List(items) | Kind::Set(items) => {
            if items.borrow().iter().any(|item| can_act(item, depth + 1)) {
                return true;
            }
        }
        Kind::Map(entries) => {
            if entries.borrow().iter().any(|(_, value)| can_act(value, depth + 1)) {
                return true;
            }
        }
        Kind::Promise(Ok(value) | Err(value)) => return can_act(value, depth + 1),
        _ => return true,
    }
    object.properties.borrow().iter().any(|slot| slot.is_getter || can_act(&slot.value, depth + 1))
}

fn deep_taint(value: &Value<'_>, depth: u32) -> Taint {
    let Value::Object(object) = value else { return value.taint() };
    let mut taint = Taint::default();
    if depth > 6 {
        return taint;
    }
    match &object.kind {
        Kind::List(items) | Kind::Set(items) => {
            items.borrow().iter().for_each(|item| taint = taint.with(deep_taint(item, depth + 1)));
        }
        Kind::Promise(Ok(value) | Err(value)) => taint = taint.with(deep_taint(value, depth + 1)),
        _ => {}
    }
    for slot in object.properties.borrow().iter() {
        taint = taint.with(deep_taint(&slot.value, depth + 1));
    }
    taint
}

fn is_random(value: &Value<'_>, depth: u32) -> bool {
    match value {
        Value::Text(text) => holds_random(text),
        Value::Object(object) if depth < 8 => {
            let inside = match &object.kind {
                Kind::List(items) | Kind::Set(items) => items.borrow().iter().any(|item| is_random(item, depth + 1)),
                Kind::Map(entries) => entries.borrow().iter().any(|(_, value)| is_random(value, depth + 1)),
                Kind::Promise(Ok(value) | Err(value)) => is_random(value, depth + 1),
                Kind::Bytes(..) => true,
                _ => false,
            };
            inside || object.properties.borrow().iter().any(|slot| is_random(&slot.value, depth + 1))
        }
        _ => false,
    }
}

/// Adds what a way does and another one does not, with the calls around it and the loading of modules that it is a part
/// of.
fn with_effects<'p>(known: &[Effect<'p>], other: &[Effect<'p>]) -> Option<Rc<[Effect<'p>]>> {
    let mut seen: FxHashSet<(Site, u8, usize)> = known.iter().map(Effect::identity).collect();
    // A call is kept when something in it is new, or it is.
    let mut wanted = vec![false; other.len()];
    let mut around: Vec<usize> = Vec::new();
    let mut ends: Vec<Option<usize>> = vec![None; other.len()];
    for (index, effect) in other.iter().enumerate() {
        if let EffectKind::Leave(_) | EffectKind::Load(false) = effect.kind {
            if let Some(start) = around.pop() {
                ends[start] = Some(index);
            }
            continue;
        }
        if seen.insert(effect.identity()) {
            wanted[index] = true;
            around.iter().for_each(|call| wanted[*call] = true);
        }
        if let EffectKind::Enter(..) | EffectKind::Load(true) = effect.kind {
            around.push(index);
        }
    }
    if !wanted.contains(&true) {
        return None;
    }
    for (start, end) in ends.into_iter().enumerate() {
        if let (true, Some(end)) = (wanted[start], end) {
            wanted[end] = true;
        }
    }
    let added = other.iter().zip(wanted).filter(|(_, wanted)| *wanted).map(|(effect, _)| effect);
    Some(known.iter().chain(added).cloned().collect())
}
