//! Requests, answers, addresses, headers, query parameters.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{EffectKind, Kind, Machine, Object, Outcome, Rest, Taint, Value};

impl<'p> Machine<'p> {
    /// The request of this world.
    pub fn request(&mut self, at: Site) -> Value<'p> {
        self.object(Kind::Request, at)
    }

    fn query_of_request(&mut self, at: Site) -> Value<'p> {
        let pairs =
            self.world.query.iter().map(|(name, value)| (Text::from(name.as_str()), Value::text(value))).collect();
        self.object(Kind::Query(RefCell::new(pairs), true), at)
    }

    pub(in super::super) fn web_member(
        &mut self,
        object: &Rc<Object<'p>>,
        value: &Value<'p>,
        name: &str,
        at: Site,
    ) -> Outcome<'p> {
        Ok(match (&object.kind, name) {
            (Kind::Request, "url") => {
                // Parsed again, it is the request's address.
                self.object(Kind::Url(Text::from(self.world.address.as_str()), true), at)
            }
            (Kind::Request, "nextUrl") => self.object(Kind::Url(Text::from(self.world.address.as_str()), true), at),
            (Kind::Request, "headers") => self.object(Kind::Headers(RefCell::default(), true), at),
            (Kind::Request, "method") => Value::text(self.world.method),
            (Kind::Request, _) => {
                if matches!(name, "json" | "text" | "formData" | "clone" | "arrayBuffer" | "blob") {
                    self.object(Kind::Method(value.clone(), Text::from(name)), at)
                } else {
                    self.unknown("a part of the request", at)
                }
            }
            (Kind::Url(_, true), "searchParams") => self.query_of_request(at),
            (Kind::Url(text, is_request), _) => {
                let (text, is_request) = (text.clone(), *is_request);
                let rest = text.split_once("://").map_or("", |(_, rest)| rest);
                let host = rest.split('/').next().unwrap_or(rest);
                let path = rest.strip_prefix(host).unwrap_or("");
                let (path, query) = path.split_once('?').unwrap_or((path, ""));
                match name {
                    "href" if !is_request => Value::Text(text),
                    "origin" => Value::text(&format!("https://{host}")),
                    "host" | "hostname" => Value::text(host),
                    "pathname" => Value::text(if path.is_empty() { "/" } else { path }),
                    "protocol" => Value::text("https:"),
                    "searchParams" => {
                        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
                            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                            (Text::from(name), Value::text(value))
                        });
                        let pairs = pairs.collect();
                        self.object(Kind::Query(RefCell::new(pairs), false), at)
                    }
                    _ => self.object(Kind::Method(value.clone(), Text::from(name)), at),
                }
            }
            (Kind::Response(status, _), "status") => status.borrow().clone(),
            (Kind::Response(status, _), "ok") => {
                let status = status.borrow().clone();
                match self.to_number(&status) {
                    Some(status) => Value::Bool((200.0..300.0).contains(&status)),
                    None => self.unknown("a status", at),
                }
            }
            (Kind::Response(..), "headers") => self.object(Kind::Headers(RefCell::default(), false), at),
            (Kind::Query(pairs, _), "size") => Value::Number(pairs.borrow().len() as f64),
            _ => self.object(Kind::Method(value.clone(), Text::from(name)), at),
        })
    }

    pub(super) fn web_method(
        &mut self,
        object: &Rc<Object<'p>>,
        value: &Value<'p>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match &object.kind {
            Kind::Query(pairs, is_request) => self.query_method(value, pairs, *is_request, name, &arguments, at),
            Kind::Headers(_, true) if matches!(name, "get" | "has") => {
                let header = self.to_text(&first).map(|header| header.to_lowercase());
                let found =
                    header.as_ref().and_then(|header| self.world.headers.iter().find(|(name, _)| name == header));
                Ok(match (found, name) {
                    (Some((_, value)), "get") => Value::text(value),
                    (Some(_), _) => Value::Bool(true),
                    (None, _)
                        if header.as_deref().is_none_or(|header| {
                            self.world.other_headers == Rest::Unknown
                                && !self.world.absent_headers.iter().any(|absent| **absent == *header)
                        }) =>
                    {
                        let header = header.unwrap_or_default();
                        self.effect(EffectKind::Header(Text::from(header.as_str())), at);
                        let key = Text::from(format!("header {header}"));
                        if let Some(known) = self.native_cache.get(&key) {
                            return Ok(known.clone());
                        }
                        let unknown = self.unknown("a header", at);
                        self.native_cache.insert(key, unknown.clone());
                        unknown
                    }
                    (None, "get") => Value::Null,
                    _ => Value::Bool(false),
                })
            }
            Kind::Headers(..) => Ok(Value::Undefined),
            Kind::Request => match name {
                "clone" => Ok(value.clone()),
                _ => Ok(self.unknown("the body of the request", at)),
            },
            Kind::Response(status, body) => match name {
                "json" => Ok(self.object(Kind::Promise(Ok(body.clone())), at)),
                "clone" => Ok(self.object(Kind::Response(RefCell::new(status.borrow().clone()), body.clone()), at)),
                _ => Ok(self.unknown("an answer", at)),
            },
            Kind::Url(text, is_request) => match name {
                "toString" | "toJSON" if !is_request => Ok(Value::Text(text.clone())),
                "toString" | "clone" => Ok(value.clone()),
                _ => Ok(self.unknown_text(&[], at)),
            },
            _ => Ok(self.unknown("a value", at)),
        }
    }

    fn query_method(
        &mut self,
        value: &Value<'p>,
        pairs: &RefCell<Vec<(Text, Value<'p>)>>,
        is_request: bool,
        name: &str,
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        let key = arguments.first().and_then(|key| self.to_text(key));
        if let (true, "get" | "has" | "getAll") = (is_request, name) {
            self.effect(EffectKind::Query(key.clone().unwrap_or_else(|| Text::from("*"))), at);
        }
        let found: Vec<Value<'p>> = {
            let pairs = pairs.borrow();
            pairs.iter().filter(|(name, _)| Some(name) == key.as_ref()).map(|(_, value)| value.clone()).collect()
        };
        let unknown = is_request && found.is_empty() && self.world.other_query == Rest::Unknown;
        Ok(match name {
            "get" | "has" | "getAll" if unknown => {
                let cached = Text::from(format!("query {name} {}", key.as_deref().unwrap_or("*")));
                if let Some(known) = self.native_cache.get(&cached) {
                    return Ok(known.clone());
                }
                let value = self.opaque(super::super::Origin::Other("a query parameter"), Taint::QUERY, at);
                self.native_cache.insert(cached, value.clone());
                value
            }
            "get" => found.into_iter().next().unwrap_or(Value::Null),
            "has" => Value::Bool(!found.is_empty()),
            "getAll" => self.list(found, at),
            "set" | "append" => {
                let new = arguments.get(1).cloned().unwrap_or(Value::Undefined);
                let mut pairs = pairs.borrow_mut();
                if name == "set" {
                    pairs.retain(|(name, _)| Some(name) != key.as_ref());
                }
                if let Some(key) = key {
                    pairs.push((key, new));
                }
                Value::Undefined
            }
            "delete" => {
                pairs.borrow_mut().retain(|(name, _)| Some(name) != key.as_ref());
                Value::Undefined
            }
            "sort" => {
                pairs.borrow_mut().sort_by(|(a, _), (b, _)| a.cmp(b));
                Value::Undefined
            }
            "toString" if !is_request => match query_text(&pairs.borrow()) {
                Some(text) => Value::Text(text),
                None => self.unknown_text(&[], at),
            },
            "forEach" => {
                let function = arguments.first().cloned().unwrap_or(Value::Undefined);
                for pair in self.items(value, at) {
                    let name = self.member(&pair, "0", at)?;
                    let item = self.member(&pair, "1", at)?;
                    self.call(&function, Value::Undefined, vec![item, name, value.clone()], at)?;
                }
                Value::Undefined
            }
            "entries" | "keys" | "values" => match self.sequence(value, at) {
                Some(items) if name == "entries" => self.list(items, at),
                Some(items) => {
                    let index = if name == "keys" { "0" } else { "1" };
                    let mut out = Vec::with_capacity(items.len());
                    for item in items {
                        out.push(self.member(&item, index, at)?);
                    }
                    self.list(out, at)
                }
                None => self.opaque(super::super::Origin::Other("query parameters"), Taint::QUERY, at),
            },
            _ => self.opaque(super::super::Origin::Other("query parameters"), Taint::QUERY, at),
        })
    }

    pub(super) fn new_url(&mut self, arguments: &[Value<'p>], at: Site) -> Value<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if let Value::Object(object) = &first
            && let Kind::Url(..) = &object.kind
        {
            return first;
        }
        match (first.as_text(), arguments.get(1)) {
            (Some(text), None) => self.object(Kind::Url(text.clone(), false), at),
            (Some(path), Some(base)) => match self.to_text(base) {
                Some(base) => {
                    let text = format!("{}{path}", base.trim_end_matches('/'));
                    self.object(Kind::Url(Text::from(text), false), at)
                }
                None => self.unknown("an address", at),
            },
            _ => self.mixed("an address", &[&first], at),
        }
    }

    pub(super) fn new_query(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        let pairs = match from {
            Value::Undefined => Some(Vec::new()),
            Value::Text(text) => Some(
                text.trim_start_matches('?')
                    .split('&')
                    .filter(|pair| !pair.is_empty())
                    .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                    .map(|(name, value)| (Text::from(name), Value::text(value)))
                    .collect(),
            ),
            Value::Object(object) if matches!(object.kind, Kind::Plain) && !object.is_open() => {
                let slots = object.properties.borrow();
                Some(slots.iter().map(|slot| (slot.name.clone(), slot.value.clone())).collect())
            }
            Value::Object(object) if matches!(object.kind, Kind::Query(_, true)) => return from.clone(),
            _ => None,
        };
        match pairs {
            Some(pairs) => self.object(Kind::Query(RefCell::new(pairs), false), at),
            None => self.mixed("query parameters", &[from], at),
        }
    }

    pub(super) fn response_function(&mut self, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let mut arguments = arguments.into_iter();
        let first = arguments.next().unwrap_or(Value::Undefined);
        let second = arguments.next().unwrap_or(Value::Undefined);
        let (status, body) = match name {
            "json" => (self.status_of(&second, at)?, first),
            "redirect" => (Value::Number(307.0), Value::Undefined),
            "next" | "rewrite" => (Value::Number(200.0), Value::Undefined),
            "error" => (Value::Number(0.0), Value::Undefined),
            _ => return Ok(self.unknown("an answer", at)),
        };
        Ok(self.object(Kind::Response(RefCell::new(status), body), at))
    }

    fn status_of(&mut self, options: &Value<'p>, at: Site) -> Outcome<'p> {
        if options.is_nullish() {
            return Ok(Value::Number(200.0));
        }
        if let Value::Number(_) = options {
            return Ok(Value::Number(200.0));
        }
        Ok(match self.member(options, "status", at)? {
            Value::Undefined => Value::Number(200.0),
            status => status,
        })
    }

    pub(super) fn new_response(&mut self, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        let status = self.status_of(arguments.get(1).unwrap_or(&Value::Undefined), at)?;
        let body = match &first {
            Value::Text(_) | Value::Opaque(_) => self.parse_json(&first, at).unwrap_or(first),
            _ => first,
        };
        Ok(self.object(Kind::Response(RefCell::new(status), body), at))
    }
}

/// Query parameters as a text; `None` when one is not known.
pub(in super::super) fn query_text(pairs: &[(Text, Value<'_>)]) -> Option<Text> {
    let mut parts = Vec::with_capacity(pairs.len());
    for (name, value) in pairs {
        let value = match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => Text::from(super::super::number::number_text(*number)),
            Value::Bool(value) => Text::from(value.to_string()),
            _ => return None,
        };
        parts.push(format!("{}={}", encode(name, true), encode(&value, true)));
    }
    Some(Text::from(parts.join("&")))
}

fn encode(text: &str, form: bool) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => out.push(char::from(byte)),
            b'~' | b'!' | b'\'' | b'(' | b')' if !form => out.push(char::from(byte)),
            b' ' if form => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

pub(super) fn component<'p>(machine: &mut Machine<'p>, name: &str, value: &Value<'p>, at: Site) -> Value<'p> {
    match (machine.to_text(value), name) {
        (Some(text), "encodeURIComponent") => Value::text(&encode(&text, false)),
        (Some(text), _) if !text.contains('%') => Value::Text(text),
        _ => machine.unknown_text(&[value], at),
    }
}
