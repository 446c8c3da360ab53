//! Requests, answers, addresses, headers, query parameters.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::gathered::BODY;
use super::super::{EffectKind, Kind, Machine, Object, Outcome, Rest, Slot, Taint, Value};

/// The name under which the query of the request is read as a whole, as a text: for the log, or to read it again.
const AS_TEXT: &str = "?";

/// The query of the request as a text, where it is not known.
const QUERY_TEXT: &str = "the query as a text";

impl<'p> Machine<'p> {
    /// The request of this world.
    pub fn request(&mut self, at: Site) -> Value<'p> {
        self.object(Kind::Request, at)
    }

    fn query_of_request(&mut self, at: Site) -> Value<'p> {
        let world = self.world.clone();
        let pairs = world.query.iter().map(|(name, value)| (self.name_of_query(name), Value::text(value))).collect();
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
            (Kind::Request, "method") => {
                self.effect(EffectKind::Method, at);
                Value::text(self.world.method)
            }
            (Kind::Request, _) => {
                if matches!(name, "json" | "text" | "formData" | "clone" | "arrayBuffer" | "blob") {
                    self.object(Kind::Method(value.clone(), Text::from(name)), at)
                } else {
                    self.unknown("a part of the request", at)
                }
            }
            (Kind::Url(_, true), "searchParams") => self.query_of_request(at),
            (Kind::Url(_, false), _) => self.url_part(object, name, at),
            (Kind::Url(text, _), _) => {
                let rest = text.split_once("://").map_or("", |(_, rest)| rest);
                let host = rest.split(['/', '?']).next().unwrap_or(rest);
                let path = rest.strip_prefix(host).unwrap_or("").split('?').next().unwrap_or("");
                match name {
                    "origin" => Value::text(&format!("https://{host}")),
                    "host" | "hostname" => Value::text(host),
                    "pathname" => Value::text(if path.is_empty() { "/" } else { path }),
                    "protocol" => Value::text("https:"),
                    "hash" | "port" | "username" | "password" => Value::text(""),
                    "search" => {
                        let query = self.query_of_request(at);
                        let text = self.call_member(&query, "toString", Vec::new(), at)?;
                        match &text {
                            Value::Text(text) if !text.is_empty() => Value::text(&format!("?{text}")),
                            _ => text,
                        }
                    }
                    "href" => self.unknown_text(&[], at),
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
            (Kind::Response(..), "headers") => {
                let headers = self.object(Kind::Headers(RefCell::default(), false), at);
                // Which ones it has of itself depends on its body.
                if let Value::Object(headers) = &headers {
                    headers.open();
                }
                self.touch(object);
                let slot = Slot { name: Text::from("headers"), value: headers.clone(), is_getter: false, at };
                object.set(slot);
                headers
            }
            (Kind::Response(..), "statusText" | "body" | "url" | "type" | "redirected" | "bodyUsed" | "cookies") => {
                self.unknown("a part of an answer", at)
            }
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
            Kind::Headers(_, true) if matches!(name, "forEach" | "entries" | "keys" | "values" | "\0@iterator") => {
                self.each_pair(value, name, &first, at)
            }
            Kind::Headers(_, true) => self.unmodelled("headers", &[value], &arguments, at),
            Kind::Headers(..) => self.headers_method(object, name, &arguments, at),
            Kind::Request => match name {
                "clone" => Ok(value.clone()),
                _ => Ok(self.unknown(BODY, at)),
            },
            Kind::Response(status, body) => match name {
                "json" => Ok(self.object(Kind::Promise(Ok(body.clone())), at)),
                "clone" => Ok(self.object(Kind::Response(RefCell::new(status.borrow().clone()), body.clone()), at)),
                _ => Ok(self.unknown("an answer", at)),
            },
            Kind::Url(text, is_request) => match name {
                "toString" | "toJSON" if !is_request => Ok(self.url_text(object, at)),
                "clone" if !is_request => Ok(self.object(Kind::Url(text.clone(), false), at)),
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
        if let (Value::Object(query), "set" | "append" | "delete" | "sort") = (value, name) {
            self.touch(query);
            query.mark(super::query::CHANGED, Value::Undefined);
        }
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
                let new = self.to_text(&new).map_or(new, Value::Text);
                let mut pairs = pairs.borrow_mut();
                if let Some(key) = key {
                    let place = pairs.iter().position(|(name, _)| *name == key).filter(|_| name == "set");
                    match place {
                        Some(place) => {
                            pairs[place].1 = new;
                            let mut index = 0;
                            pairs.retain(|(name, _)| {
                                index += 1;
                                *name != key || index <= place + 1
                            });
                        }
                        None => pairs.push((key, new)),
                    }
                }
                Value::Undefined
            }
            "delete" => {
                pairs.borrow_mut().retain(|(name, _)| Some(name) != key.as_ref());
                Value::Undefined
            }
            "sort" => {
                pairs.borrow_mut().sort_by(|(a, _), (b, _)| super::unit_order(a, b));
                Value::Undefined
            }
            "toString" if is_request && self.world.other_query == Rest::Unknown => {
                self.effect(EffectKind::Query(Text::from(AS_TEXT)), at);
                self.opaque(super::super::Origin::Other(QUERY_TEXT), Taint::QUERY, at)
            }
            "toString" => match super::query::query_text(&pairs.borrow()) {
                Some(text) => {
                    if is_request {
                        self.effect(EffectKind::Query(Text::from(AS_TEXT)), at);
                    }
                    Value::Text(text)
                }
                None => self.unknown_text(&[], at),
            },
            "forEach" | "entries" | "keys" | "values" | "\0@iterator" => {
                let function = arguments.first().cloned().unwrap_or(Value::Undefined);
                if is_request && self.world.other_query == Rest::Unknown && name != "forEach" {
                    self.effect(EffectKind::Query(Text::from("*")), at);
                    return Ok(self.opaque(super::super::Origin::Other("query parameters"), Taint::QUERY, at));
                }
                return self.each_pair(value, name, &function, at);
            }
            _ => self.opaque(super::super::Origin::Other("query parameters"), Taint::QUERY, at),
        })
    }

    pub(super) fn new_query(&mut self, from: &Value<'p>, at: Site) -> Value<'p> {
        let pairs = match from {
            Value::Undefined => Some(Vec::new()),
            Value::Text(text) => Some(super::query::pairs_of(text.strip_prefix('?').unwrap_or(text))),
            Value::Object(object) if let Kind::Query(pairs, true) = &object.kind => {
                let pairs = RefCell::new(pairs.borrow().clone());
                return self.object(Kind::Query(pairs, true), at);
            }
            Value::Opaque(text) if matches!(text.origin, super::super::Origin::Other(QUERY_TEXT)) => {
                return self.query_of_request(at);
            }
            Value::Object(object) if matches!(object.kind, Kind::Plain) && !object.has("\0@iterator") => {
                let keys = self.keys(from).unwrap_or_default();
                let pairs = keys.into_iter().map(|key| {
                    let name = key.as_text()?.clone();
                    let value = self.member(from, &name, at).ok()?;
                    Some((name, self.to_text(&value).map_or(value, Value::Text)))
                });
                pairs.collect::<Option<Vec<_>>>().filter(|_| !object.is_open())
            }
            Value::Object(_) => self.sequence(from, at).and_then(|items| {
                let pairs = items.into_iter().map(|pair| {
                    let (name, value) = (self.member(&pair, "0", at).ok()?, self.member(&pair, "1", at).ok()?);
                    Some((self.to_text(&name)?, self.to_text(&value).map_or(value, Value::Text)))
                });
                pairs.collect::<Option<Vec<_>>>()
            }),
            _ => None,
        };
        match pairs {
            Some(pairs) => self.object(Kind::Query(RefCell::new(pairs), false), at),
            None => self.mixed("query parameters", &[from], at),
        }
    }

    pub(super) fn response_function(
        &mut self,
        class: &str,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let mut arguments = arguments.into_iter();
        let first = arguments.next().unwrap_or(Value::Undefined);
        let second = arguments.next().unwrap_or(Value::Undefined);
        let (status, body) = match name {
            "json" => (self.status_of(&second, at)?, first),
            "redirect" => {
                let usual = if class == "Response" { 302.0 } else { 307.0 };
                let status = match &second {
                    Value::Undefined => Value::Number(usual),
                    Value::Number(_) | Value::Opaque(_) => second.clone(),
                    options => match self.member(options, "status", at)? {
                        Value::Undefined => Value::Number(usual),
                        status => status,
                    },
                };
                (status, Value::Undefined)
            }
            "next" | "rewrite" => (Value::Number(200.0), Value::Undefined),
            "error" => (Value::Number(0.0), Value::Undefined),
            _ => return Ok(self.unknown("an answer", at)),
        };
        let answer = self.object(Kind::Response(RefCell::new(status), body), at);
        let kind = if name == "json" { Some("application/json") } else { None };
        self.take_headers(&answer, &second, kind, at)?;
        Ok(answer)
    }

    /// The headers that an answer is given, with the kind of its body where that is known.
    fn take_headers(
        &mut self,
        answer: &Value<'p>,
        options: &Value<'p>,
        kind: Option<&str>,
        at: Site,
    ) -> Outcome<'p, ()> {
        let (Value::Object(answer), Value::Object(_)) = (answer, options) else { return Ok(()) };
        let given = self.member(options, "headers", at)?;
        if given.is_nullish() {
            return Ok(());
        }
        let headers = self.new_headers(&given, at)?;
        if let Value::Object(headers) = &headers
            && let Kind::Headers(pairs, _) = &headers.kind
            && !pairs.borrow().iter().any(|(name, _)| &**name == "content-type")
        {
            match kind {
                Some(kind) => pairs.borrow_mut().push((Text::from("content-type"), Value::text(kind))),
                None => headers.open(),
            }
        }
        answer.set(Slot { name: Text::from("headers"), value: headers, is_getter: false, at });
        Ok(())
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
        let answer = self.object(Kind::Response(RefCell::new(status), body), at);
        let kind =
            if matches!(arguments.first(), Some(Value::Text(_))) { Some("text/plain;charset=UTF-8") } else { None };
        self.take_headers(&answer, arguments.get(1).unwrap_or(&Value::Undefined), kind, at)?;
        Ok(answer)
    }
}
