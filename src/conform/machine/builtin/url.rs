//! Addresses: `http` and `https` with plain hosts, as the standard of WHATWG reads them. Others are not known.

use std::cell::RefCell;
use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Slot, Value};
use super::query::{CHANGED, encode, pairs_of, query_text};

/// The hidden name of what an address is since a part of it was changed.
pub(in super::super) const HREF: &str = "\0href";

/// The parts of an address.
pub(super) struct Address {
    scheme: String,
    /// With its port, when that is not the usual one.
    host: String,
    path: String,
    /// Without its question mark.
    query: String,
    /// Without its number sign.
    hash: String,
}

impl Address {
    pub(super) fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let scheme = scheme.to_lowercase();
        if !matches!(&*scheme, "http" | "https") || !is_plain(text) {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = host(&rest[..end], &scheme)?;
        let mut address = Self { scheme, host, path: "/".into(), query: String::new(), hash: String::new() };
        address.follow(&rest[end..]);
        Some(address)
    }

    /// What a text means that is written at this address; `None` when that is not known.
    fn join(mut self, text: &str) -> Option<Self> {
        let scheme = text.split([':', '/', '?', '#']).next().unwrap_or("");
        if !scheme.is_empty() && text[scheme.len()..].starts_with(':') {
            return Self::read(text);
        }
        if !is_plain(text) {
            return None;
        }
        if let Some(rest) = text.strip_prefix("//") {
            return Self::read(&format!("{}://{rest}", self.scheme));
        }
        match text.bytes().next() {
            None => self.hash.clear(),
            Some(b'#') => self.hash = encode_part(&text[1..], " \"<>`"),
            Some(b'?') => {
                let path = std::mem::take(&mut self.path);
                self.follow(&format!("{path}{text}"));
            }
            Some(b'/') => self.follow(text),
            Some(_) => {
                let folder = self.path.rfind('/').map_or("/", |at| &self.path[..=at]).to_string();
                self.follow(&format!("{folder}{text}"));
            }
        }
        Some(self)
    }

    /// Takes a path with what follows it.
    fn follow(&mut self, text: &str) {
        let (text, hash) = text.split_once('#').unwrap_or((text, ""));
        let (path, query) = text.split_once('?').unwrap_or((text, ""));
        self.path = normal(path);
        self.query = encode_part(query, " \"<>'");
        self.hash = encode_part(hash, " \"<>`");
    }

    fn part(&self, name: &str) -> Option<String> {
        let (host, port) = self.host.split_once(':').unwrap_or((&self.host, ""));
        let led = |mark: &str, text: &str| if text.is_empty() { String::new() } else { format!("{mark}{text}") };
        Some(match name {
            "href" => self.href(),
            "origin" => format!("{}://{}", self.scheme, self.host),
            "host" => self.host.clone(),
            "hostname" => host.into(),
            "port" => port.into(),
            "pathname" => self.path.clone(),
            "protocol" => format!("{}:", self.scheme),
            "search" => led("?", &self.query),
            "hash" => led("#", &self.hash),
            "username" | "password" => String::new(),
            _ => return None,
        })
    }

    fn href(&self) -> String {
        let led = |mark: &str, text: &str| if text.is_empty() { String::new() } else { format!("{mark}{text}") };
        let Self { scheme, host, path, query, hash } = self;
        format!("{scheme}://{host}{path}{}{}", led("?", query), led("#", hash))
    }

    /// Gives a part another value; `None` when what that makes is not known.
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        if !is_plain(value) {
            return None;
        }
        match name {
            "href" => *self = Self::read(value)?,
            "pathname" if !value.contains(['?', '#']) => {
                self.path = normal(&if value.starts_with('/') { value.into() } else { format!("/{value}") });
            }
            "search" if !value.contains('#') => {
                self.query = encode_part(value.strip_prefix('?').unwrap_or(value), " \"<>'");
            }
            "hash" => self.hash = encode_part(value.strip_prefix('#').unwrap_or(value), " \"<>`"),
            "host" | "hostname" if !value.contains(['/', '?', '#']) => {
                let port = self.part("port")?;
                let text =
                    if value.contains(':') || port.is_empty() { value.into() } else { format!("{value}:{port}") };
                self.host = host(&text, &self.scheme)?;
            }
            "port" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                let name = self.part("hostname")?;
                self.host = if value.is_empty() { name } else { host(&format!("{name}:{value}"), &self.scheme)? };
            }
            "protocol" if matches!(value.trim_end_matches(':'), "http" | "https") => {
                self.scheme = value.trim_end_matches(':').into();
                self.host = host(&self.host.clone(), &self.scheme)?;
            }
            _ => return None,
        }
        Some(())
    }
}

/// Whether nothing in a text is read in a way of its own.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !matches!(c, '\\' | '^' | '|' | '@')) && text.trim() == text
}

/// A host as it is written; `None` when it is not plain.
fn host(text: &str, scheme: &str) -> Option<String> {
    let (name, port) = text.split_once(':').unwrap_or((text, ""));
    let name = name.to_lowercase();
    let label = |label: &str| !label.is_empty() && !label.starts_with("xn--");
    if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) || !name.split('.').all(label) {
        return None;
    }
    // The last one being a number, all are.
    if name.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit())) {
        let numbers: Option<Vec<u8>> = name.split('.').map(|part| part.parse().ok()).collect();
        let numbers: Vec<String> = numbers?.iter().map(u8::to_string).collect();
        if numbers.len() != 4 || numbers.join(".") != name {
            return None;
        }
    }
    if port.is_empty() {
        return Some(name);
    }
    let number: u16 = port.parse().ok().filter(|_| port.bytes().all(|byte| byte.is_ascii_digit()))?;
    let usual = if scheme == "https" { 443 } else { 80 };
    Some(if number == usual { name } else { format!("{name}:{number}") })
}

/// A path without `.` and `..`, and with what must be written with percent signs.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let all: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    for (index, part) in all.iter().enumerate() {
        let is_last = index + 1 == all.len();
        match &*part.to_lowercase().replace("%2e", ".") {
            ".." => {
                parts.pop();
                if is_last {
                    parts.push("");
                }
            }
            "." if is_last => parts.push(""),
            "." => {}
            _ => parts.push(part),
        }
    }
    format!("/{}", encode_part(&parts.join("/"), " \"<>`{}"))
}

fn encode_part(text: &str, marks: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() && !marks.contains(c) {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    out
}

/// The address that an object has now; `None` when it is not known.
fn address(object: &Object<'_>) -> Option<Address> {
    let Kind::Url(text, false) = &object.kind else { return None };
    let text = match object.own(HREF) {
        Some((Value::Text(text), _)) => text,
        Some(_) => return None,
        None => text.clone(),
    };
    let mut address = Address::read(&text)?;
    if let Some((Value::Object(query), _)) = object.own("searchParams")
        && query.has(CHANGED)
        && let Kind::Query(pairs, _) = &query.kind
    {
        address.query = query_text(&pairs.borrow())?.to_string();
    }
    Some(address)
}

/// An address as it is written now; `None` when it is not known.
pub(in super::super) fn href(object: &Object<'_>) -> Option<Text> {
    address(object).map(|address| Text::from(address.href()))
}

/// The address of a request as the base of a text that leaves its query behind.
fn of_request(base: &Value<'_>, text: &Value<'_>) -> Option<Text> {
    let Value::Object(object) = base else { return None };
    let Kind::Url(address, true) = &object.kind else { return None };
    let leaves = matches!(text, Value::Text(text) if !text.is_empty() && !text.starts_with('#'));
    leaves.then(|| address.clone())
}

impl<'p> Machine<'p> {
    pub(super) fn new_url(&mut self, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        if let Value::Object(object) = &first
            && let Kind::Url(_, true) = &object.kind
        {
            return Ok(first);
        }
        let base = match arguments.get(1) {
            None | Some(Value::Undefined) => None,
            Some(base) => match self.to_text(base).or_else(|| of_request(base, &first)) {
                Some(base) => Some(base),
                None => return Ok(self.mixed("an address", &[&first], at)),
            },
        };
        let Some(text) = self.to_text(&first) else { return Ok(self.mixed("an address", &[&first], at)) };
        let address = match &base {
            None => Address::read(&text),
            Some(base) => Address::read(base).and_then(|base| base.join(&text)),
        };
        if base.is_none() && is_opaque(&text) {
            return Ok(self.object(Kind::Url(text, false), at));
        }
        match address {
            Some(address) => Ok(self.object(Kind::Url(Text::from(address.href()), false), at)),
            // Without a scheme it is surely none.
            None if has_no_scheme(base.as_deref().unwrap_or(&text)) => self.throw("TypeError", "Invalid URL", at),
            None => Ok(self.unknown("an address", at)),
        }
    }

    pub(super) fn url_function(&mut self, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        match name {
            "canParse" | "parse" => match self.new_url(arguments, at) {
                Ok(made @ Value::Object(_)) if name == "parse" => Ok(made),
                Ok(Value::Object(_)) => Ok(Value::Bool(true)),
                Err(super::super::Abrupt::Throw(_)) if name == "parse" => Ok(Value::Null),
                Err(super::super::Abrupt::Throw(_)) => Ok(Value::Bool(false)),
                Ok(unknown) => Ok(self.mixed("an address", &[&unknown], at)),
                Err(halt) => Err(halt),
            },
            _ => self.unmodelled("an address", &[], arguments, at),
        }
    }

    /// A part of an address that the application made.
    pub(super) fn url_part(&mut self, object: &Rc<Object<'p>>, name: &str, at: Site) -> Value<'p> {
        let value = Value::Object(object.clone());
        if name == "searchParams" {
            let pairs = match address(object) {
                Some(address) => pairs_of(&address.query),
                None => return self.unknown("query parameters", at),
            };
            let query = self.object(Kind::Query(RefCell::new(pairs), false), at);
            self.touch(object);
            object.set(Slot { name: Text::from("searchParams"), value: query.clone(), is_getter: false, at });
            return query;
        }
        let is_part = matches!(
            name,
            "href"
                | "origin"
                | "host"
                | "hostname"
                | "port"
                | "pathname"
                | "protocol"
                | "search"
                | "hash"
                | "username"
                | "password"
        );
        if let Kind::Url(text, false) = &object.kind
            && !object.has(HREF)
            && is_opaque(text)
            && let Some((scheme, path)) = text.split_once(':')
        {
            match name {
                "href" => return Value::Text(text.clone()),
                "protocol" => return Value::text(&format!("{scheme}:")),
                "pathname" => return Value::text(path),
                _ => {}
            }
        }
        match address(object).map(|address| address.part(name)) {
            Some(Some(part)) => Value::text(&part),
            None if matches!(name, "href") => self.url_text(object, at),
            None if is_part => self.unknown_text(&[], at),
            _ if matches!(name, "toString" | "toJSON") => self.object(Kind::Method(value, Text::from(name)), at),
            _ => Value::Undefined,
        }
    }

    /// An address as a text, as far as it is known: its parameters come last.
    pub(super) fn url_text(&mut self, object: &Rc<Object<'p>>, at: Site) -> Value<'p> {
        if let Some(text) = href(object) {
            return Value::Text(text);
        }
        if let Kind::Url(text, false) = &object.kind
            && !object.has(HREF)
            && is_opaque(text)
        {
            return Value::Text(text.clone());
        }
        let query = object.own("searchParams");
        let Kind::Url(text, _) = &object.kind else { return self.unknown_text(&[], at) };
        let (Some((Value::Object(query), _)), Some(mut address)) = (query, Address::read(text)) else {
            return self.unknown_text(&[], at);
        };
        let Kind::Query(pairs, _) = &query.kind else { return self.unknown_text(&[], at) };
        if object.has(HREF) {
            return self.unknown_text(&[], at);
        }
        address.query.clear();
        let mut parts = vec![Value::text(&address.href())];
        for (index, (name, value)) in pairs.borrow().clone().into_iter().enumerate() {
            parts.push(Value::text(&format!("{}{}=", if index == 0 { "?" } else { "&" }, encode(&name, true))));
            parts.push(match self.to_text(&value) {
                Some(text) => Value::text(&encode(&text, true)),
                None => self.unknown_text(&[&value], at),
            });
        }
        self.joined(parts, at)
    }

    pub(in super::super) fn put_url_part(
        &mut self,
        object: &Rc<Object<'p>>,
        name: &str,
        value: &Value<'p>,
        at: Site,
    ) -> Outcome<'p, ()> {
        let made = match (address(object), self.to_text(value)) {
            (Some(mut address), Some(text)) => address.set(name, &text).map(|()| address.href()),
            _ => None,
        };
        object.remove("searchParams");
        let text = match made {
            Some(href) => Value::text(&href),
            None => self.unknown_text(&[value], at),
        };
        object.mark(HREF, text);
        Ok(())
    }
}

fn has_no_scheme(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or("");
    !text.contains(':') || !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && text.trim() == text
}

/// Whether an address has a scheme of its own and a path that is read as it stands, as `cron:name:key`.
fn is_opaque(text: &str) -> bool {
    let Some((scheme, path)) = text.split_once(':') else { return false };
    let is_own = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && !matches!(scheme, "http" | "https" | "ftp" | "file" | "ws" | "wss" | "blob");
    let is_read_as_it_stands = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:,;=+/".contains(&byte);
    is_own && !path.starts_with('/') && path.bytes().all(is_read_as_it_stands)
}
