//! What is found in texts, replaced in them, and what lies between.

use std::cell::RefCell;

use fancy_regex::{Match, Regex};

use super::super::super::super::program::{Site, Text};
use super::super::super::{Kind, Machine, Object, Outcome, Value};
use super::super::regex::{Caught, find_from};
use super::units::Units;

/// What was found, or that finding it takes too long.
type Found<T> = Result<T, fancy_regex::Error>;

/// Where the next search begins: behind what was found, and at least one character further.
fn after(text: &str, found: Match<'_>) -> usize {
    if found.end() > found.start() {
        return found.end();
    }
    found.end() + text[found.end()..].chars().next().map_or(1, char::len_utf8)
}

/// All that a regular expression finds, as the language counts what is empty.
fn all<'t>(regex: &Regex, text: &'t str, once: bool) -> Found<Vec<Caught<'t>>> {
    let mut found = Vec::new();
    let mut from = 0;
    while from <= text.len() {
        let Some(captures) = find_from(regex, text, from)? else { break };
        let Some(whole) = captures.get(0) else { break };
        from = after(text, whole);
        found.push(captures);
        if once {
            break;
        }
    }
    Ok(found)
}

impl<'p> Machine<'p> {
    pub(super) fn split(&mut self, text: &Text, by: &Value<'p>, limit: &Value<'p>, at: Site) -> Value<'p> {
        let most = match limit {
            Value::Undefined => usize::MAX,
            limit => match self.to_number(limit) {
                Some(limit) if limit >= 0.0 => limit as usize,
                _ => usize::MAX,
            },
        };
        let unknown = |machine: &mut Self| machine.unread("a list", &[by], at);
        let mut parts: Vec<Value<'p>> = match by {
            Value::Undefined => vec![Value::Text(text.clone())],
            Value::Object(object) => match &object.kind {
                Kind::Regex(Some(regex), flags) if !flags.contains('y') => match split_by(regex, text) {
                    Ok(parts) => parts,
                    Err(_) => return unknown(self),
                },
                Kind::Regex(..) => return unknown(self),
                _ => match self.to_text(by) {
                    Some(by) => text.split(&*by).map(Value::text).collect(),
                    None => return unknown(self),
                },
            },
            _ => match self.to_text(by) {
                Some(by) if by.is_empty() && text.chars().any(|c| c.len_utf16() > 1) => return unknown(self),
                Some(by) if by.is_empty() => text.chars().map(|c| Value::text(&c.to_string())).collect(),
                Some(by) => text.split(&*by).map(Value::text).collect(),
                None => return unknown(self),
            },
        };
        parts.truncate(most);
        self.list(parts, at)
    }

    pub(super) fn replace(
        &mut self,
        text: &Text,
        all_of_them: bool,
        what: &Value<'p>,
        with: &Value<'p>,
        at: Site,
    ) -> Outcome<'p> {
        let with_text = if with.is_callable() { None } else { self.to_text(with) };
        if with_text.is_none() && !with.is_callable() {
            return Ok(self.unknown_text(&[with], at));
        }
        // What is found: where, and its groups.
        let found: Vec<(usize, Vec<Option<String>>)> = match what.as_object().map(|object| &object.kind) {
            Some(Kind::Regex(Some(regex), flags)) if !flags.contains('y') => {
                if regex.capture_names().flatten().next().is_some() && with.is_callable() {
                    // The groups by their names come last; nobody asks for them so.
                    return self.unmodelled("a text", &[what], std::slice::from_ref(with), at);
                }
                if all_of_them && !flags.contains('g') {
                    return self.throw("TypeError", "the expression must be global", at);
                }
                let Ok(found) = all(regex, text, !flags.contains('g')) else {
                    return self.unmodelled("a text", &[what], std::slice::from_ref(with), at);
                };
                let groups = |captures: &Caught<'_>| {
                    captures.iter().map(|group| group.map(|group| group.as_str().to_string())).collect()
                };
                found.iter().filter_map(|one| Some((one.get(0)?.start(), groups(one)))).collect()
            }
            Some(Kind::Regex(..)) => return self.unmodelled("a text", &[what], std::slice::from_ref(with), at),
            _ => {
                let Some(what) = self.to_text(what) else {
                    return self.unmodelled("a text", &[what], std::slice::from_ref(with), at);
                };
                let most = if all_of_them { usize::MAX } else { 1 };
                text.match_indices(&*what).take(most).map(|(at, one)| (at, vec![Some(one.to_string())])).collect()
            }
        };
        let units = Units::of(text);
        let mut out = String::new();
        let mut last = 0;
        for (start, groups) in found {
            let end = start + groups[0].as_ref().map_or(0, String::len);
            out.push_str(&text[last..start]);
            match &with_text {
                Some(with) if with.contains("$<") => return Ok(self.unknown_text(&[what], at)),
                Some(with) => expand(with, &groups, text, (start, end), &mut out),
                None => {
                    let group = |group: &Option<String>| group.as_ref().map_or(Value::Undefined, |g| Value::text(g));
                    let mut given: Vec<Value<'p>> = groups.iter().map(group).collect();
                    given.push(Value::Number(units.index_of(start) as f64));
                    given.push(Value::Text(text.clone()));
                    let made = self.call(with, Value::Undefined, given, at)?;
                    match self.to_text(&made) {
                        Some(made) => out.push_str(&made),
                        None => return Ok(self.unknown_text(&[&made], at)),
                    }
                }
            }
            last = end;
        }
        out.push_str(&text[last..]);
        Ok(Value::text(&out))
    }

    /// `match`, `matchAll` and `search`.
    pub(super) fn find_in_text(&mut self, text: &Text, name: &str, what: &Value<'p>, at: Site) -> Outcome<'p> {
        let made;
        let what = match what {
            Value::Text(pattern) => {
                made = self.regex(pattern, &Text::from(if name == "matchAll" { "g" } else { "" }), at);
                &made
            }
            other => other,
        };
        let Some(Kind::Regex(Some(regex), flags)) = what.as_object().map(|object| &object.kind) else {
            return Ok(match name {
                "search" => self.unread("a number", &[what], at),
                "matchAll" => self.unread("a list", &[what], at),
                _ => self.unread("a match", &[what], at),
            });
        };
        if flags.contains('y') {
            return Ok(self.unread("a match", &[what], at));
        }
        let (regex, is_global) = (regex.clone(), flags.contains('g'));
        if name == "matchAll" && !is_global {
            return self.throw("TypeError", "the expression must be global", at);
        }
        let is_all = name == "matchAll" || name == "match" && is_global;
        let Ok(found) = all(&regex, text, !is_all) else { return Ok(self.unread("a match", &[what], at)) };
        let first = found.first();
        Ok(match name {
            "search" => {
                let start = first.and_then(|found| found.get(0)).map(|whole| whole.start());
                Value::Number(start.map_or(-1.0, |start| Units::of(text).index_of(start) as f64))
            }
            "matchAll" => {
                let found = found.iter().map(|one| self.captured(&regex, one, text, at)).collect();
                self.iterator(found, at)
            }
            _ => match first {
                None => Value::Null,
                Some(_) if is_global => {
                    let whole = found.iter().filter_map(|one| one.get(0));
                    let whole = whole.map(|one| Value::text(one.as_str())).collect();
                    self.list(whole, at)
                }
                Some(first) => self.captured(&regex, first, text, at),
            },
        })
    }

    /// What `exec` gives for what was found.
    pub(in super::super) fn captured(&mut self, regex: &Regex, found: &Caught<'_>, text: &str, at: Site) -> Value<'p> {
        let group = |g: Option<Match<'_>>| g.map_or(Value::Undefined, |g| Value::text(g.as_str()));
        let items = found.iter().map(group).collect();
        let named: Vec<(&str, Value<'p>)> =
            regex.capture_names().flatten().map(|name| (name, group(found.name(name)))).collect();
        let groups = if named.is_empty() { Value::Undefined } else { self.record(named, at) };
        let object = Object::new(Kind::List(RefCell::new(items)), at);
        let index = found.get(0).map_or(0, |whole| Units::of(text).index_of(whole.start()));
        for (name, value) in [("index", Value::Number(index as f64)), ("input", Value::text(text)), ("groups", groups)]
        {
            object.set(super::super::super::Slot { name: Text::from(name), value, is_getter: false, at });
        }
        Value::Object(object)
    }
}

/// The parts between what is found, with what its groups caught.
fn split_by<'p>(regex: &Regex, text: &str) -> Found<Vec<Value<'p>>> {
    if text.is_empty() {
        return Ok(if regex.is_match(text)? { Vec::new() } else { vec![Value::text("")] });
    }
    let mut parts = Vec::new();
    let (mut last, mut from) = (0, 0);
    while from < text.len() {
        let Some(captures) = find_from(regex, text, from)? else { break };
        let Some(whole) = captures.get(0) else { break };
        if whole.start() >= text.len() {
            break;
        }
        if whole.end() == last {
            from = after(text, whole).max(from + 1);
            continue;
        }
        parts.push(Value::text(&text[last..whole.start()]));
        let groups = captures.iter().skip(1);
        parts.extend(groups.map(|group| group.map_or(Value::Undefined, |group| Value::text(group.as_str()))));
        last = whole.end();
        from = if whole.end() > whole.start() { last } else { after(text, whole) };
    }
    parts.push(Value::text(&text[last..]));
    Ok(parts)
}

/// `$1`, `$&` and their like in a replacement.
fn expand(with: &str, groups: &[Option<String>], text: &str, (start, end): (usize, usize), out: &mut String) {
    let group = |index: usize| groups.get(index).and_then(Option::as_deref).unwrap_or("");
    let mut rest = with;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
        // Two digits where there are so many groups, else one.
        let number = (1..=digits).rev().find_map(|count| {
            let number: usize = rest[..count].parse().ok()?;
            (number > 0 && number < groups.len()).then_some((number, count))
        });
        let used = match (rest.as_bytes().first(), number) {
            (Some(b'$'), _) => {
                out.push('$');
                1
            }
            (Some(b'&'), _) => {
                out.push_str(group(0));
                1
            }
            (Some(b'`'), _) => {
                out.push_str(&text[..start]);
                1
            }
            (Some(b'\''), _) => {
                out.push_str(&text[end..]);
                1
            }
            (_, Some((number, count))) => {
                out.push_str(group(number));
                count
            }
            _ => {
                out.push('$');
                0
            }
        };
        rest = &rest[used..];
    }
    out.push_str(rest);
}
