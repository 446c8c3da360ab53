//! Lists.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Value};

/// Methods that change their list.
const CHANGING: [&str; 8] = ["fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"];

impl<'p> Machine<'p> {
    pub(super) fn array_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "isArray" => match &first {
                Value::Object(object) => Value::Bool(matches!(object.kind, Kind::List(_))),
                Value::Opaque(_) => self.compared("isArray", &first, &Value::Undefined, at),
                _ => Value::Bool(false),
            },
            "of" => self.list(arguments, at),
            "from" => {
                let items = match self.sequence(&first, at) {
                    Some(items) => items,
                    None => match first.as_object().and_then(|object| object.own("length")).map(|(value, _)| value) {
                        Some(Value::Number(length)) if (0.0..10_000.0).contains(&length) => {
                            vec![Value::Undefined; length as usize]
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
                let list = self.list(items, at);
                match arguments.get(1) {
                    Some(map) if map.is_callable() => return self.call_member(&list, "map", vec![map.clone()], at),
                    _ => list,
                }
            }
            _ => self.mixed("a list", &[&first], at),
        })
    }

    fn each(
        &mut self,
        function: &Value<'p>,
        item: &Value<'p>,
        index: usize,
        list: &Value<'p>,
        at: Site,
    ) -> Outcome<'p> {
        self.call(function, Value::Undefined, vec![item.clone(), Value::Number(index as f64), list.clone()], at)
    }

    pub(super) fn list_method(
        &mut self,
        object: &Rc<Object<'p>>,
        items: &RefCell<Vec<Value<'p>>>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        if CHANGING.contains(&name) {
            self.touch(object);
        }
        let list = Value::Object(object.clone());
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if object.is_open() && matches!(name, "at" | "entries" | "keys" | "pop" | "shift" | "toString") {
            return Ok(self.element(&list, at));
        }
        let now = items.borrow().clone();
        let length = now.len() as f64;
        let number = |machine: &Self, index: usize, default: f64| match arguments.get(index) {
            None | Some(Value::Undefined) => default,
            Some(value) => machine.to_number(value).filter(|n| !n.is_nan()).unwrap_or(0.0),
        };
        let place =
            |position: f64| if position < 0.0 { (length + position).max(0.0) } else { position.min(length) } as usize;
        Ok(match name {
            "map" | "flatMap" => {
                let mut out = Vec::with_capacity(now.len());
                for (index, item) in now.iter().enumerate() {
                    let made = self.each(&first, item, index, &list, at)?;
                    if name == "flatMap" {
                        let made = self.items_of(made, at);
                        out.extend(made);
                    } else {
                        out.push(made);
                    }
                }
                self.list_like(object, out, at)
            }
            "forEach" => {
                for (index, item) in now.iter().enumerate() {
                    self.each(&first, item, index, &list, at)?;
                }
                Value::Undefined
            }
            "filter" => {
                let mut kept = Vec::new();
                let mut is_unsure = object.is_open();
                for (index, item) in now.iter().enumerate() {
                    let holds = self.each(&first, item, index, &list, at)?;
                    let holds = self.settled_truth(&holds, at);
                    is_unsure |= holds.is_none();
                    if holds.unwrap_or(true) {
                        kept.push(item.clone());
                    }
                }
                let kept = self.list(kept, at);
                // What may have been left out is not known: neither how many there are nor which.
                kept.as_object().filter(|_| is_unsure).inspect(|kept| kept.open());
                return Ok(kept);
            }
            "find" | "findIndex" | "some" | "every" | "findLast" => {
                let mut kept = Vec::new();
                for (index, item) in now.iter().enumerate() {
                    let holds = self.each(&first, item, index, &list, at)?;
                    let holds = self.weighed(&holds, at);
                    match name {
                        "find" if holds => return Ok(item.clone()),
                        "findIndex" if holds => return Ok(Value::Number(index as f64)),
                        "some" if holds => return Ok(Value::Bool(true)),
                        "every" if !holds => return Ok(Value::Bool(false)),
                        _ if holds => kept.push(item.clone()),
                        _ => {}
                    }
                }
                match name {
                    "findIndex" => Value::Number(-1.0),
                    "some" => Value::Bool(false),
                    "every" => Value::Bool(true),
                    "findLast" => kept.pop().unwrap_or(Value::Undefined),
                    _ => Value::Undefined,
                }
            }
            "reduce" => {
                let mut rest = now.iter().enumerate();
                let mut result = match arguments.get(1) {
                    Some(start) => start.clone(),
                    None => rest.next().map_or(Value::Undefined, |(_, item)| item.clone()),
                };
                for (index, item) in rest {
                    let given = vec![result, item.clone(), Value::Number(index as f64), list.clone()];
                    result = self.call(&first, Value::Undefined, given, at)?;
                }
                result
            }
            "includes" | "indexOf" => {
                let mut unknown = false;
                for (index, item) in now.iter().enumerate() {
                    match self.same(item, &first, at) {
                        Value::Bool(true) if name == "includes" => return Ok(Value::Bool(true)),
                        Value::Bool(true) => return Ok(Value::Number(index as f64)),
                        Value::Bool(false) => {}
                        _ => unknown = true,
                    }
                }
                match (unknown, name) {
                    (true, "includes") => self.compared("includes", &list, &first, at),
                    (true, _) => self.mixed("a number", &[&first], at),
                    (false, "includes") => Value::Bool(false),
                    _ => Value::Number(-1.0),
                }
            }
            "join" => {
                let between =
                    if first.is_nullish() { Text::from(",") } else { self.to_text(&first).unwrap_or_default() };
                let mut parts = Vec::new();
                for (index, item) in now.iter().enumerate() {
                    if index > 0 {
                        parts.push(Value::Text(between.clone()));
                    }
                    if !item.is_nullish() {
                        parts.push(item.clone());
                    }
                }
                if object.is_open() {
                    return Ok(self.unknown_text(&parts.iter().collect::<Vec<_>>(), at));
                }
                self.joined(parts, at)
            }
            "slice" => {
                let (from, to) = (place(number(self, 0, 0.0)), place(number(self, 1, length)));
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
            "push" => {
                if now.len() > super::super::LONGEST_LIST {
                    return Err(super::super::Abrupt::Halt);
                }
                items.borrow_mut().extend(arguments);
                Value::Number(items.borrow().len() as f64)
            }
            "unshift" => {
                items.borrow_mut().splice(0..0, arguments);
                Value::Number(items.borrow().len() as f64)
            }
            "pop" => items.borrow_mut().pop().unwrap_or(Value::Undefined),
            "shift" => {
                if now.is_empty() {
                    Value::Undefined
                } else {
                    items.borrow_mut().remove(0)
                }
            }
            "splice" => {
                let from = place(number(self, 0, 0.0));
                let count = (number(self, 1, length - from as f64).max(0.0) as usize).min(now.len() - from);
                let new: Vec<Value<'p>> = arguments.into_iter().skip(2).collect();
                let removed = items.borrow_mut().splice(from..from + count, new).collect();
                self.list(removed, at)
            }
            "reverse" | "toReversed" => {
                let mut out = now;
                out.reverse();
                if name == "reverse" {
                    *items.borrow_mut() = out;
                    return Ok(list);
                }
                self.list(out, at)
            }
            "sort" | "toSorted" => {
                let sorted = self.sorted(now, &first, at)?;
                if name == "sort" {
                    *items.borrow_mut() = sorted;
                    return Ok(list);
                }
                self.list_like(object, sorted, at)
            }
            "flat" => {
                let mut out = Vec::new();
                for item in now {
                    let inner = self.items_of(item, at);
                    out.extend(inner);
                }
                self.list(out, at)
            }
            "at" => {
                let position = number(self, 0, 0.0);
                let position = if position < 0.0 { length + position } else { position };
                now.get(position as usize).cloned().unwrap_or(Value::Undefined)
            }
            "keys" => {
                let keys = (0..now.len()).map(|index| Value::Number(index as f64)).collect();
                self.list(keys, at)
            }
            "values" => self.list(now, at),
            "entries" => {
                let pairs = now.into_iter().enumerate();
                let pairs = pairs.map(|(i, item)| self.list(vec![Value::Number(i as f64), item], at)).collect();
                self.list(pairs, at)
            }
            "fill" => {
                items.borrow_mut().iter_mut().for_each(|item| *item = first.clone());
                list
            }
            "toString" => self.to_text(&list).map_or_else(|| self.unknown_text(&[], at), Value::Text),
            _ => {
                self.run_callbacks(&arguments, None, at)?;
                self.mixed("a value", &[&list], at)
            }
        })
    }

    /// A list made of the elements of another one, of which as much is known.
    fn list_like(&mut self, of: &Rc<Object<'p>>, items: Vec<Value<'p>>, at: Site) -> Value<'p> {
        let list = self.list(items, at);
        list.as_object().filter(|_| of.is_open()).inspect(|list| list.open());
        list
    }

    /// The elements of a list; anything else is one element.
    fn items_of(&mut self, value: Value<'p>, at: Site) -> Vec<Value<'p>> {
        match value.as_object().map(|object| &object.kind) {
            Some(Kind::List(_)) => self.items(&value, at),
            _ => vec![value],
        }
    }

    fn sorted(&mut self, mut list: Vec<Value<'p>>, compare: &Value<'p>, at: Site) -> Outcome<'p, Vec<Value<'p>>> {
        if !compare.is_callable() {
            list.sort_by_key(|item| self.to_text(item));
            return Ok(list);
        }
        // Insertion: stable, and each comparison is a call that may fail.
        let mut sorted: Vec<Value<'p>> = Vec::with_capacity(list.len());
        for item in list {
            let mut place = sorted.len();
            while place > 0 {
                let order = self.call(compare, Value::Undefined, vec![sorted[place - 1].clone(), item.clone()], at)?;
                match self.to_number(&order) {
                    Some(order) if order > 0.0 => place -= 1,
                    _ => break,
                }
            }
            sorted.insert(place, item);
        }
        Ok(sorted)
    }
}
