//! Lists.

pub(in super::super) mod iterator;
mod visit;

use std::cell::RefCell;
use std::rc::Rc;

use self::iterator::NEXT;
use super::super::super::program::{Site, Text};
use super::super::object::FROZEN;
use super::super::primitive::Hint;
use super::super::{Abrupt, Kind, LONGEST_LIST, Machine, Object, Outcome, Value};

/// Methods that change their list.
const CHANGING: [&str; 9] = ["copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"];

impl<'p> Machine<'p> {
    /// Functions of `Array`.
    pub(super) fn array_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        match arguments.first() {
            Some(Value::Object(first)) if first.has_variables() => {
                self.among_variables(|machine| machine.array_of(name, arguments, at))
            }
            _ => self.array_of(name, arguments, at),
        }
    }

    fn array_of(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "isArray" => match &first {
                Value::Object(object) => Value::Bool(matches!(object.kind, Kind::List(_)) && !object.has(NEXT)),
                Value::Opaque(_) => self.compared("isArray", &first, &Value::Undefined, at),
                _ => Value::Bool(false),
            },
            "of" => self.list(arguments, at),
            "from" => {
                let items = match self.sequence(&first, at) {
                    Some(items) => items,
                    None => match first.as_object().filter(|object| !object.is_open()) {
                        Some(object) if matches!(object.kind, Kind::Plain) => {
                            let Some(items) = self.array_like(&first, at)? else {
                                return self.unmodelled("a list", &[&first], &arguments, at);
                            };
                            items
                        }
                        _ => {
                            let unknown = self.mixed("a list", &[&first], at);
                            return match arguments.get(1) {
                                Some(map) => self.call_member(&unknown, "map", vec![map.clone()], at),
                                None => Ok(unknown),
                            };
                        }
                    },
                };
                match arguments.get(1) {
                    Some(map) if map.is_callable() => {
                        let mut out = Vec::with_capacity(items.len());
                        for (index, item) in items.into_iter().enumerate() {
                            out.push(self.call(map, Value::Undefined, vec![item, Value::Number(index as f64)], at)?);
                        }
                        self.list(out, at)
                    }
                    _ => self.list(items, at),
                }
            }
            _ => return self.unmodelled("a list", &[&first], &arguments, at),
        })
    }

    /// The elements of an object with a length; `None` when that is not known, or too long.
    fn array_like(&mut self, value: &Value<'p>, at: Site) -> Outcome<'p, Option<Vec<Value<'p>>>> {
        let length = self.member(value, "length", at)?;
        let Some(length) = self.to_number(&length).map(|length| if length.is_nan() { 0.0 } else { length }) else {
            return Ok(None);
        };
        if length > 10_000.0 {
            return Ok(None);
        }
        let mut items = Vec::new();
        for index in 0..length.max(0.0) as usize {
            items.push(self.member(value, &index.to_string(), at)?);
        }
        Ok(Some(items))
    }

    /// Methods of lists.
    pub(super) fn list_method(
        &mut self,
        object: &Rc<Object<'p>>,
        items: &RefCell<Vec<Value<'p>>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let list = Value::Object(object.clone());
        if object.has(NEXT) && !object.is_open() {
            return self.iterator_method(object, name, arguments, at);
        }
        if CHANGING.contains(&name) {
            self.touch(object);
            if object.has(FROZEN) {
                return self.throw("TypeError", "the list is frozen", at);
            }
            if !object.is_open() {
                return self.change(object, items, name, arguments, at);
            }
        }
        // Of elements that may be there, what is made of each is one that may be there.
        if object.is_open() && !matches!(name, "map" | "flatMap" | "filter" | "forEach" | "slice") {
            let unknown = self.mixed("a list", &[], at);
            let changes = CHANGING.contains(&name);
            return if changes { Ok(unknown) } else { self.call_member(&unknown, name, arguments, at) };
        }
        let now = items.borrow().clone();
        let length = now.len() as f64;
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "includes" | "indexOf" | "lastIndexOf" => {
                self.note_named(&first, &now, at);
                return Ok(self.find_in_list(&list, &now, name, &arguments, at));
            }
            "join" => {
                let between =
                    if matches!(first, Value::Undefined) { Some(Text::from(",")) } else { self.to_text(&first) };
                let Some(between) = between else { return Ok(self.unknown_text(&[&first], at)) };
                let mut parts = Vec::new();
                for (index, item) in now.iter().enumerate() {
                    if index > 0 {
                        parts.push(Value::Text(between.clone()));
                    }
                    if !item.is_nullish() {
                        parts.push(self.primitive(item.clone(), Hint::Text, at)?);
                    }
                }
                self.joined(parts, at)
            }
            "slice" => {
                let (from, to) = (self.place(&arguments, 0, 0.0, length), self.place(&arguments, 1, length, length));
                let part = if from < to { now[from..to].to_vec() } else { Vec::new() };
                self.list_like(object, part, at)
            }
            "concat" => {
                let mut out = now;
                for argument in arguments {
                    let more = self.items_of(argument, at);
                    out.extend(more);
                }
                self.list(out, at)
            }
            "toReversed" => self.list(now.into_iter().rev().collect(), at),
            "toSorted" => match self.sorted(now, &first, at)? {
                Some(sorted) => self.list(sorted, at),
                None => self.mixed("a list", &[&list], at),
            },
            "toSpliced" => {
                let mut out = now;
                self.splice(&mut out, arguments);
                self.list(out, at)
            }
            "with" => {
                let position = self.whole(&arguments, 0, 0.0);
                let position = if position < 0.0 { length + position } else { position };
                if position < 0.0 || position >= length {
                    return self.throw("RangeError", "the index is outside of the list", at);
                }
                let mut out = now;
                out[position as usize] = arguments.into_iter().nth(1).unwrap_or(Value::Undefined);
                self.list(out, at)
            }
            "flat" => {
                let depth = self.whole(&arguments, 0, 1.0);
                let mut out = Vec::new();
                if flatten(now, depth, &mut out, 0).is_none() {
                    return Ok(self.mixed("a list", &[&list], at));
                }
                self.list(out, at)
            }
            "at" => {
                let position = self.whole(&arguments, 0, 0.0);
                let position = if position < 0.0 { length + position } else { position };
                if position < 0.0 {
                    Value::Undefined
                } else {
                    now.get(position as usize).cloned().unwrap_or(Value::Undefined)
                }
            }
            "keys" => {
                let keys = (0..now.len()).map(|index| Value::Number(index as f64)).collect();
                self.iterator(keys, at)
            }
            "values" | "\0@iterator" => self.iterator(now, at),
            "entries" => {
                let pairs = now.into_iter().enumerate();
                let pairs = pairs.map(|(i, item)| self.list(vec![Value::Number(i as f64), item], at)).collect();
                self.iterator(pairs, at)
            }
            "toString" => self.to_text(&list).map_or_else(|| self.unknown_text(&[], at), Value::Text),
            _ => return self.visit(&list, &now, name, &arguments, at),
        })
    }

    /// Methods that change their list.
    fn change(
        &mut self,
        object: &Rc<Object<'p>>,
        items: &RefCell<Vec<Value<'p>>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let list = Value::Object(object.clone());
        let length = items.borrow().len();
        Ok(match name {
            "push" => {
                if length > LONGEST_LIST {
                    return Err(Abrupt::Halt);
                }
                items.borrow_mut().extend(arguments);
                Value::Number(items.borrow().len() as f64)
            }
            "unshift" => {
                items.borrow_mut().splice(0..0, arguments);
                Value::Number(items.borrow().len() as f64)
            }
            "pop" => items.borrow_mut().pop().unwrap_or(Value::Undefined),
            "shift" if length == 0 => Value::Undefined,
            "shift" => items.borrow_mut().remove(0),
            "splice" => {
                let mut out = items.take();
                let removed = self.splice(&mut out, arguments);
                *items.borrow_mut() = out;
                self.list(removed, at)
            }
            "reverse" => {
                items.borrow_mut().reverse();
                list
            }
            "sort" => {
                let first = arguments.into_iter().next().unwrap_or(Value::Undefined);
                let now = items.borrow().clone();
                match self.sorted(now, &first, at)? {
                    Some(sorted) => *items.borrow_mut() = sorted,
                    None => object.open(),
                }
                list
            }
            "fill" => {
                let length = length as f64;
                let (from, to) = (self.place(&arguments, 1, 0.0, length), self.place(&arguments, 2, length, length));
                let with = arguments.into_iter().next().unwrap_or(Value::Undefined);
                items.borrow_mut().iter_mut().take(to).skip(from).for_each(|item| *item = with.clone());
                list
            }
            _ => {
                let all = length as f64;
                let to = self.place(&arguments, 0, 0.0, all);
                let (from, end) = (self.place(&arguments, 1, 0.0, all), self.place(&arguments, 2, all, all));
                let part: Vec<Value<'p>> = items.borrow().get(from..end).unwrap_or_default().to_vec();
                for (item, place) in part.into_iter().zip(to..length) {
                    items.borrow_mut()[place] = item;
                }
                list
            }
        })
    }

    /// A list made of the elements of another one, of which as much is known.
    pub(super) fn list_like(&mut self, of: &Object<'p>, items: Vec<Value<'p>>, at: Site) -> Value<'p> {
        let list = self.list(items, at);
        list.as_object().filter(|_| of.is_open()).inspect(|list| list.open());
        list
    }

    /// An argument as a whole number.
    fn whole(&self, arguments: &[Value<'p>], index: usize, default: f64) -> f64 {
        match arguments.get(index) {
            None | Some(Value::Undefined) => default,
            Some(value) => self.to_number(value).filter(|n| !n.is_nan()).unwrap_or(0.0).trunc(),
        }
    }

    /// An argument as a place in a list, from its end when it is negative.
    fn place(&self, arguments: &[Value<'p>], index: usize, default: f64, length: f64) -> usize {
        let position = self.whole(arguments, index, default);
        if position < 0.0 { (length + position).max(0.0) as usize } else { position.min(length) as usize }
    }

    fn splice(&self, list: &mut Vec<Value<'p>>, arguments: Vec<Value<'p>>) -> Vec<Value<'p>> {
        let length = list.len() as f64;
        if arguments.is_empty() {
            return Vec::new();
        }
        let from = self.place(&arguments, 0, 0.0, length);
        let left = list.len() - from;
        let count =
            if arguments.len() == 1 { left } else { self.whole(&arguments, 1, 0.0).clamp(0.0, left as f64) as usize };
        list.splice(from..from + count, arguments.into_iter().skip(2)).collect()
    }

    fn find_in_list(
        &mut self,
        list: &Value<'p>,
        now: &[Value<'p>],
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let length = now.len() as f64;
        let is_nan = |value: &Value<'_>| matches!(value, Value::Number(number) if number.is_nan());
        let from = self.place(arguments, 1, if name == "lastIndexOf" { length } else { 0.0 }, length);
        let places: Vec<usize> = match name {
            "lastIndexOf" if self.whole(arguments, 1, 0.0) < -length => Vec::new(),
            "lastIndexOf" => (0..now.len().min(from + 1)).rev().collect(),
            _ => (from..now.len()).collect(),
        };
        let mut unknown = false;
        for index in places {
            let same = match self.same(&now[index], &first, at) {
                Value::Bool(same) => same || (name == "includes" && is_nan(&now[index]) && is_nan(&first)),
                _ => {
                    unknown = true;
                    false
                }
            };
            match name {
                "includes" if same => return Value::Bool(true),
                // An earlier one that is not known may be it.
                _ if same && unknown => break,
                _ if same => return Value::Number(index as f64),
                _ => {}
            }
        }
        match (unknown, name) {
            (true, "includes") if from == 0 && now.len() == 1 => self.same(&now[0], &first, at),
            (true, "includes") => self.compared("includes", list, &first, at),
            (true, _) => self.computed(&[&first], at),
            (false, "includes") => Value::Bool(false),
            _ => Value::Number(-1.0),
        }
    }

    /// The elements of a list; anything else is one element.
    fn items_of(&mut self, value: Value<'p>, at: Site) -> Vec<Value<'p>> {
        match value.as_object().map(|object| &object.kind) {
            Some(Kind::List(_)) => self.items(&value, at),
            _ => vec![value],
        }
    }
}

/// `None` when it holds itself, or what is not known.
fn flatten<'p>(list: Vec<Value<'p>>, depth: f64, out: &mut Vec<Value<'p>>, level: u32) -> Option<()> {
    for item in list {
        match item.as_object().map(|object| (&object.kind, object.is_open())) {
            Some((Kind::List(_), true)) => return None,
            Some((Kind::List(items), _)) if depth >= 1.0 => {
                if level > 64 || out.len() > LONGEST_LIST {
                    return None;
                }
                let items = items.borrow().clone();
                flatten(items, depth - 1.0, out, level + 1)?;
            }
            _ => out.push(item),
        }
    }
    Some(())
}
