//! Methods of lists that call a function for their elements, and their order.

use super::super::super::super::program::Site;
use super::super::super::{Machine, Outcome, Value};
use super::super::text::units::order;

impl<'p> Machine<'p> {
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

    pub(super) fn visit(
        &mut self,
        list: &Value<'p>,
        now: &[Value<'p>],
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match name {
            "map" | "flatMap" => {
                let mut out = Vec::with_capacity(now.len());
                for (index, item) in now.iter().enumerate() {
                    let made = self.each(&first, item, index, list, at)?;
                    if name == "flatMap" {
                        let made = self.items_of(made, at);
                        out.extend(made);
                    } else {
                        out.push(made);
                    }
                }
                match list.as_object() {
                    Some(object) => self.list_like(object, out, at),
                    None => self.list(out, at),
                }
            }
            "forEach" => {
                for (index, item) in now.iter().enumerate() {
                    self.forgotten(false, at, |machine| machine.each(&first, item, index, list, at))?;
                }
                Value::Undefined
            }
            "filter" => {
                let mut kept = Vec::new();
                let is_of_variables = list.as_object().is_some_and(|list| list.has_variables());
                let mut is_unsure = list.as_object().is_some_and(|list| list.is_open());
                for (index, item) in now.iter().enumerate() {
                    let holds = self.each(&first, item, index, list, at)?;
                    let holds = self.settled_truth(&holds, at);
                    // Which variables are there in a deployment nobody knows anyway.
                    is_unsure |= holds.is_none() && !is_of_variables;
                    if holds.unwrap_or(true) {
                        kept.push(item.clone());
                    }
                }
                let kept = self.list(kept, at);
                // What may have been left out is not known: neither how many there are nor which.
                kept.as_object().filter(|_| is_unsure).inspect(|kept| kept.open());
                kept
            }
            "find" | "findIndex" | "some" | "every" => {
                for (index, item) in now.iter().enumerate() {
                    let holds = self.each(&first, item, index, list, at)?;
                    let holds = self.weighed(&holds, at);
                    match name {
                        "find" if holds => return Ok(item.clone()),
                        "findIndex" if holds => return Ok(Value::Number(index as f64)),
                        "some" if holds => return Ok(Value::Bool(true)),
                        "every" if !holds => return Ok(Value::Bool(false)),
                        _ => {}
                    }
                }
                match name {
                    "findIndex" => Value::Number(-1.0),
                    "some" => Value::Bool(false),
                    "every" => Value::Bool(true),
                    _ => Value::Undefined,
                }
            }
            "findLast" | "findLastIndex" => {
                for (index, item) in now.iter().enumerate().rev() {
                    let holds = self.each(&first, item, index, list, at)?;
                    if self.weighed(&holds, at) {
                        return Ok(if name == "findLast" { item.clone() } else { Value::Number(index as f64) });
                    }
                }
                if name == "findLast" { Value::Undefined } else { Value::Number(-1.0) }
            }
            "reduce" | "reduceRight" => {
                let mut rest: Vec<(usize, &Value<'p>)> = now.iter().enumerate().collect();
                if name == "reduceRight" {
                    rest.reverse();
                }
                let mut rest = rest.into_iter();
                let mut result = match (arguments.get(1), now.is_empty()) {
                    (Some(start), _) => start.clone(),
                    (None, true) => return self.throw("TypeError", "reduce of an empty list without a start", at),
                    (None, false) => rest.next().map_or(Value::Undefined, |(_, item)| item.clone()),
                };
                for (index, item) in rest {
                    let given = vec![result, item.clone(), Value::Number(index as f64), list.clone()];
                    result = self.call(&first, Value::Undefined, given, at)?;
                }
                result
            }
            _ => return self.no_method(list, name, arguments, at),
        })
    }

    /// A list in order; `None` when the order is not known. What is `undefined` comes last.
    pub(super) fn sorted(
        &mut self,
        list: Vec<Value<'p>>,
        compare: &Value<'p>,
        at: Site,
    ) -> Outcome<'p, Option<Vec<Value<'p>>>> {
        let (mut list, missing): (Vec<_>, Vec<_>) =
            list.into_iter().partition(|item| !matches!(item, Value::Undefined));
        if !compare.is_callable() {
            let texts: Option<Vec<_>> = list.iter().map(|item| self.to_text(item)).collect();
            let Some(texts) = texts.filter(|_| !matches!(compare, Value::Opaque(_))) else {
                return Ok(if list.len() < 2 { Some([list, missing].concat()) } else { None });
            };
            let mut pairs: Vec<_> = texts.into_iter().zip(list).collect();
            pairs.sort_by(|(a, _), (b, _)| order(a, b));
            list = pairs.into_iter().map(|(_, item)| item).collect();
            list.extend(missing);
            return Ok(Some(list));
        }
        // Each comparison is a call that may fail; what is equal stays in its order.
        let mut sorted: Vec<Value<'p>> = Vec::with_capacity(list.len());
        let mut is_known = true;
        for item in list {
            let (mut low, mut high) = (0, sorted.len());
            while low < high {
                // Most lists come nearly in order: the end is asked first.
                let middle = if high == sorted.len() && low == 0 { high - 1 } else { low.midpoint(high) };
                let order = self.call(compare, Value::Undefined, vec![sorted[middle].clone(), item.clone()], at)?;
                match self.to_number(&order) {
                    Some(order) if order > 0.0 => high = middle,
                    order => {
                        is_known &= order.is_some();
                        low = middle + 1;
                    }
                }
            }
            sorted.insert(low, item);
        }
        sorted.extend(missing);
        Ok(is_known.then_some(sorted))
    }
}
