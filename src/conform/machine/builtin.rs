//! What the platform and a few packages give: globals, methods of values, modules of Node and Next.js.
//!
//! What is not modelled is opaque, never guessed.

mod bytes;
mod collection;
mod construct;
mod crypto;
pub(super) mod date;
mod global;
mod headers;
mod json;
pub(super) mod list;
mod locale;
mod math;
pub(super) mod methods;
mod object;
mod printf;
mod promise;
pub(super) mod query;
pub(super) mod regex;
mod request;
mod stand_in;
pub(super) mod symbol;
mod text;
pub(super) mod timer;
pub(super) mod url;
pub(super) mod web;
pub(super) mod written;

pub use crypto::{UUID, holds_random};

use std::cell::{Cell, RefCell};

use super::super::program::{Site, Text};
pub(super) use math::power;
pub(super) use text::units::order as unit_order;

use super::instance::{class_of, extends_native};
use super::primitive::Hint;
use super::{Abrupt, EffectKind, Kind, Machine, Origin, Outcome, Taint, Value};

/// What is made by `Intl`: its methods do nothing outside.
pub(super) const INTL: &str = "what prints for people";

/// Numbers in bytes that are not modelled: their methods do nothing outside either.
pub(super) const NUMBERS: &str = "numbers in bytes";

impl<'p> Machine<'p> {
    pub(super) fn global(&mut self, name: &str, at: Site) -> Value<'p> {
        match name {
            "NaN" => Value::Number(f64::NAN),
            "Infinity" => Value::Number(f64::INFINITY),
            "global" => self.native("globalThis"),
            _ if global::is_modelled(name) => self.native(name),
            _ => self.opaque(Origin::Package(Text::from("global"), Text::from(name)), Taint::default(), at),
        }
    }

    /// An export of a package, when it is modelled.
    pub(super) fn package_export(&mut self, package: &str, name: &str) -> Option<Value<'p>> {
        let path = match (package.trim_start_matches("node:"), name) {
            (
                "inngest",
                "Inngest" | "EventSchemas" | "NonRetriableError" | "RetryAfterError" | "eventType" | "staticSchema",
            ) => {
                format!("inngest.{name}")
            }
            (package, "serve") if package.starts_with("inngest/") => "inngest.serve".into(),
            ("next/server", "NextResponse" | "NextRequest" | "after") => name.into(),
            ("next/headers", "headers") => "next.headers".into(),
            ("crypto", "default") => "crypto".into(),
            (
                "crypto",
                "createHash" | "createHmac" | "hash" | "hkdfSync" | "pbkdf2Sync" | "randomBytes" | "randomUUID"
                | "scryptSync" | "timingSafeEqual" | "webcrypto",
            ) => format!("crypto.{name}"),
            ("buffer", "Buffer") | ("url", "URL" | "URLSearchParams") | ("util", "TextDecoder" | "TextEncoder") => {
                name.into()
            }
            ("util", "format" | "inspect") => format!("util.{name}"),
            ("process", "default") => "process".into(),
            ("process", "env") => return Some(self.object(Kind::Env, Site::default())),
            ("timers/promises", "setTimeout") => "sleep".into(),
            _ => return None,
        };
        Some(self.native(&path))
    }

    pub(super) fn native_member(&mut self, path: &str, name: &str, at: Site) -> Value<'p> {
        match (path, name) {
            ("process", "env") => self.object(Kind::Env, at),
            ("process", "argv" | "arch" | "pid" | "platform" | "title" | "version" | "versions") => {
                let process =
                    self.opaque(Origin::Package(Text::from("process"), Text::from("process")), Taint::default(), at);
                self.member(&process, name, at).unwrap_or(process)
            }
            // Anything else is there when the application has put it there.
            ("globalThis", name) if !global::is_platform(name) => Value::Undefined,
            ("globalThis", name) => self.global(name, at),
            ("Number", "MAX_SAFE_INTEGER") => Value::Number(9_007_199_254_740_991.0),
            ("Number", "MIN_SAFE_INTEGER") => Value::Number(-9_007_199_254_740_991.0),
            ("Number", "EPSILON") => Value::Number(f64::EPSILON),
            ("Number", "POSITIVE_INFINITY") => Value::Number(f64::INFINITY),
            ("Number", "NEGATIVE_INFINITY") => Value::Number(f64::NEG_INFINITY),
            ("Number", "MAX_VALUE") => Value::Number(f64::MAX),
            ("Number", "MIN_VALUE") => Value::Number(f64::from_bits(1)),
            ("Number", "NaN") => Value::Number(f64::NAN),
            ("Symbol", name) if name != "for" && name != "name" => self.symbol(&format!("\0@{name}"), at),
            ("Math", "PI") => Value::Number(std::f64::consts::PI),
            ("Math", "E") => Value::Number(std::f64::consts::E),
            ("Math", "LN2") => Value::Number(std::f64::consts::LN_2),
            ("Math", "LN10") => Value::Number(std::f64::consts::LN_10),
            ("Math", "LOG2E") => Value::Number(std::f64::consts::LOG2_E),
            ("Math", "LOG10E") => Value::Number(std::f64::consts::LOG10_E),
            ("Math", "SQRT2") => Value::Number(std::f64::consts::SQRT_2),
            ("Math", "SQRT1_2") => Value::Number(std::f64::consts::FRAC_1_SQRT_2),
            (_, "name") => Value::text(path),
            ("crypto.webcrypto", name) => self.native(&format!("crypto.{name}")),
            _ => self.native(&format!("{path}.{name}")),
        }
    }

    pub(super) fn call_native(&mut self, path: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let (space, name) = path.split_once('.').unwrap_or(("", path));
        self.call_native_in(space, name, arguments, at)
    }

    fn call_native_in(&mut self, space: &str, name: &str, mut arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match (space, name) {
            ("console", _) => Ok(Value::Undefined),
            ("Symbol", "for") => match self.to_text(&first) {
                Some(name) => Ok(self.symbol(&format!("\0@for:{name} {name}"), at)),
                None => Ok(self.unknown("a symbol", at)),
            },
            ("", "Symbol") => match first {
                Value::Undefined => Ok(self.new_symbol("", at)),
                first => match self.to_text(&first) {
                    Some(name) => Ok(self.new_symbol(&name, at)),
                    None => Ok(self.unknown("a symbol", at)),
                },
            },
            // `Array.prototype.slice.call(value)` is told with its value by `function_method`.
            (_, name) if name.starts_with("prototype.") => self.unmodelled("a value", &[], &arguments, at),
            ("Intl", name) => self.intl(name, &arguments, at),
            ("Reflect", name) => self.reflect(name, arguments, at),
            ("Math", name) => Ok(self.math(name, &arguments, at)),
            ("Number", name) => Ok(self.number(name, true, &arguments, at)),
            ("Object", name) => self.object_function(name, arguments, at),
            ("Array", name) => self.array_function(name, arguments, at),
            ("JSON", "stringify") => self.stringify(&arguments, at),
            ("JSON", "parse") => self.parse_with(&arguments, at),
            ("Date", name) => Ok(self.date_function(name, &arguments, at)),
            ("Map", "groupBy") => self.group_by(&arguments, true, at),
            ("Promise", name) => self.promise_function(name, &first, at),
            ("crypto", name) => self.crypto_function(name, &arguments, at),
            ("NextResponse" | "Response", name) => self.response_function(space, name, arguments, at),
            ("Buffer", name) => self.buffer_function(name, &arguments, at),
            ("Uint8Array", name) => self.array_of_bytes(name, &arguments, at),
            ("String", name) => self.text_function(name, &arguments, at),
            ("util", name) => self.util_function(name, arguments, at),
            ("URL", name) => self.url_function(name, &arguments, at),
            ("process", "nextTick") => {
                self.call(&first, Value::Undefined, arguments.into_iter().skip(1).collect(), at)?;
                Ok(Value::Undefined)
            }
            // What it is given is called when the process ends, or never.
            ("process", _) => Ok(self.unknown("a part of the process", at)),
            ("performance", "now") => Ok(Value::Number(0.0)),
            ("", "String") => Ok(match arguments.first() {
                None => Value::text(""),
                Some(value) => self.text_of_value(value, at)?,
            }),
            ("", "Number" | "parseInt" | "parseFloat" | "isNaN" | "isFinite") => {
                let hint = if name.starts_with("parse") { Hint::Text } else { Hint::Number };
                if let Some(first) = arguments.first_mut() {
                    *first = self.primitive(std::mem::replace(first, Value::Undefined), hint, at)?;
                }
                Ok(self.number(name, false, &arguments, at))
            }
            ("", "Boolean") => {
                let not = self.unary(super::super::program::Unary::Not, &first, at);
                Ok(self.unary(super::super::program::Unary::Not, &not, at))
            }
            ("", "encodeURIComponent" | "decodeURIComponent") => self.component(name, &first, at),
            ("", "encodeURI" | "decodeURI" | "escape" | "unescape") => Ok(self.unread("a text", &[&first], at)),
            ("", "atob" | "btoa") => self.base64_function(name, &first, at),
            ("", "structuredClone") => Ok(match self.copied(&first, 0, at) {
                Some(copy) => copy,
                None => self.mixed("a copy", &[&first], at),
            }),
            ("", "Array" | "Object" | "RegExp") => self.construct_native(name, arguments, at),
            ("", "Date") => Ok(self.unknown_text(&[], at)),
            ("", name) if name.starts_with('$') => Ok(self.asked_by_package(name, first, &arguments, at)),
            ("", name) if name.ends_with("Error") => self.construct_native(name, arguments, at),
            ("", name) if timer::is_timer_function(name) => self.timer_function(name, first, arguments, at),
            ("next", "headers") => {
                self.note_request();
                Ok(self.object(Kind::Headers(RefCell::default(), true), at))
            }
            ("inngest", "serve") => {
                let functions = self.member(&first, "functions", at)?;
                self.effect(EffectKind::Serve(functions), at);
                let handler = self.native("inngest.handler");
                Ok(self.record(vec![("GET", handler.clone()), ("POST", handler.clone()), ("PUT", handler)], at))
            }
            ("inngest", "eventType") => Ok(self.object(Kind::EventType(first), at)),
            ("inngest", "Inngest") => self.construct_native("inngest.Inngest", arguments, at),
            ("inngest", "EventSchemas") => self.construct_native("inngest.EventSchemas", arguments, at),
            ("inngest" | "next", _) => {
                self.run_callbacks(&arguments, None, at)?;
                Ok(self.mixed("a value", &arguments.iter().collect::<Vec<_>>(), at))
            }
            _ => self.unmodelled("a value", &[], &arguments, at),
        }
    }

    /// What nothing models of a value that is modelled: not known. Where it is given functions, nobody knows which
    /// of them are called, and nothing is known from there on.
    pub(super) fn unmodelled(
        &mut self,
        what: &'static str,
        of: &[&Value<'p>],
        arguments: &[Value<'p>],
        at: Site,
    ) -> Outcome<'p> {
        if arguments.iter().any(Value::is_callable) {
            return Err(Abrupt::Halt);
        }
        let of: Vec<&Value<'p>> = of.iter().copied().chain(arguments).collect();
        Ok(self.unread(what, &of, at))
    }

    /// A method that is not modelled, or that is not there.
    pub(super) fn no_method(&mut self, of: &Value<'p>, name: &str, arguments: &[Value<'p>], at: Site) -> Outcome<'p> {
        let is_open = of.as_object().is_some_and(|object| object.is_open());
        if methods::has(of, name) == Some(false) && !is_open {
            return self.throw("TypeError", &format!("`{name}` is not a function"), at);
        }
        self.unmodelled("a value", &[of], arguments, at)
    }

    /// `String(value)`: an object may say itself what it is.
    pub(super) fn text_of_value(&mut self, value: &Value<'p>, at: Site) -> Outcome<'p> {
        if let Some(Kind::Symbol(name)) = value.as_object().map(|object| &object.kind) {
            return Ok(Value::text(&format!("Symbol({})", symbol::description(name))));
        }
        let said = self.primitive(value.clone(), Hint::Text, at)?;
        Ok(match self.to_text(&said) {
            Some(text) => Value::Text(text),
            None => self.joined(vec![said], at),
        })
    }

    /// `value.name(arguments)`.
    pub(super) fn call_member(
        &mut self,
        value: &Value<'p>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let object = match value {
            Value::Text(text) => return self.text_method(text, name, arguments, at),
            Value::Number(number) => return self.number_method(*number, name, &arguments, at),
            Value::Bool(_) if name == "valueOf" => return Ok(value.clone()),
            Value::Bool(_) => return Ok(self.to_text(value).map_or(Value::Undefined, Value::Text)),
            Value::Undefined | Value::Null => {
                let message = format!("cannot read `{name}` of {value:?}");
                return self.throw("TypeError", &message, at);
            }
            Value::Opaque(opaque) => {
                let method = self.member(value, name, at)?;
                return match method {
                    Value::Opaque(method) => self.opaque_method(opaque, &method, name, arguments, at),
                    other => self.call(&other, value.clone(), arguments, at),
                };
            }
            Value::Object(object) => object,
        };
        if let Some((own, is_getter)) = object.own(name) {
            let function = if is_getter { self.call(&own, value.clone(), Vec::new(), at)? } else { own };
            return self.call(&function, value.clone(), arguments, at);
        }
        let is_of_functions = matches!(name, "call" | "apply" | "bind");
        match &object.kind {
            Kind::List(_) | Kind::Map(_) if object.has_variables() => self.env_method(object, name, arguments, at),
            Kind::List(items) => self.list_method(object, items, name, arguments, at),
            Kind::Date(instant) => {
                let own = class_of(object).and_then(|class| self.inherited(&class, name));
                if let Some((own, is_getter)) = own {
                    let function = if is_getter { self.call(&own, value.clone(), Vec::new(), at)? } else { own };
                    return self.call(&function, value.clone(), arguments, at);
                }
                if name.starts_with("set") {
                    self.touch(object);
                }
                self.date_method(value, instant, name, &arguments, at)
            }
            Kind::Map(entries) => self.map_method(value, entries, name, arguments, at),
            Kind::Set(items) => self.set_method(value, items, name, arguments, at),
            Kind::Regex(regex, flags) => self.regex_method(object, regex.as_ref(), flags, name, &arguments, at),
            Kind::Query(..) | Kind::Url(..) | Kind::Headers(..) | Kind::Request | Kind::Response(..) => {
                self.web_method(object, value, name, arguments, at)
            }
            Kind::Promise(_) | Kind::Pending(_) => self.promise_method(value, name, arguments, at),
            Kind::Bytes(bytes, holder) => self.bytes_method(object, bytes, *holder, name, arguments, at),
            Kind::Symbol(_) => self.text_of_value(value, at),
            Kind::Digest(algorithm, data) => Ok(self.digest_method(value, algorithm, data, name, &arguments, at)),
            Kind::Client => self.call_client(name, arguments, at),
            Kind::Definition(index) if name == "id" => Ok(self.definition_id(*index, arguments, at)),
            Kind::EventType(event) => self.call_event_type(&event.clone(), name, arguments, at),
            Kind::Step => self.call_step(name, arguments, at),
            Kind::Native(path) if is_of_functions && !path.contains("crypto") && &**path != "Reflect" => {
                self.function_method(value, name, arguments, at)
            }
            Kind::Native(path) if &**path == timer::TIMER && matches!(name, "ref" | "unref" | "refresh") => {
                Ok(value.clone())
            }
            Kind::Native(path) if path.contains('.') => self.call_native(&format!("{path}.{name}"), arguments, at),
            Kind::Native(path) => self.call_native_in(path, name, arguments, at),
            Kind::Method(Value::Undefined, made) => self.coded(&made.clone(), name, &arguments, at),
            Kind::Function(_) | Kind::Bound(..) | Kind::Method(..) if is_of_functions => {
                self.function_method(value, name, arguments, at)
            }
            _ => {
                let method = self.member(value, name, at)?;
                match method.as_object().map(|method| &method.kind) {
                    // A method that every object has, or that nothing models of a value that is.
                    // What it inherits from a class of the platform, nothing models.
                    None if matches!(method, Value::Opaque(_)) && extends_native(object) => {
                        self.unmodelled("a value", &[], &arguments, at)
                    }
                    Some(Kind::Method(of, own)) if own.as_ref() == name && same_object(of, value) => {
                        self.object_method(object, value, name, &arguments, at)
                    }
                    _ => self.call(&method, value.clone(), arguments, at),
                }
            }
        }
    }

    fn function_method(
        &mut self,
        function: &Value<'p>,
        name: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let mut arguments = arguments.into_iter();
        let this = arguments.next().unwrap_or(Value::Undefined);
        // `Object.prototype.hasOwnProperty.call(value, name)`
        if let Some(Kind::Native(path)) = function.as_object().map(|function| &function.kind)
            && let Some((_, method)) = path.split_once(".prototype.")
        {
            let (path, method) = (path.clone(), method.to_string());
            let rest: Vec<Value<'p>> = match name {
                "call" => arguments.collect(),
                "apply" => match arguments.next() {
                    Some(list) if !list.is_nullish() => self.items(&list, at),
                    _ => Vec::new(),
                },
                _ => return self.unmodelled("a function", &[], &arguments.collect::<Vec<_>>(), at),
            };
            // What is no list is gone through as one.
            if path.starts_with("Array.")
                && !matches!(this.as_object().map(|this| &this.kind), Some(Kind::List(_)))
                && let Some(items) = self.sequence(&this, at)
            {
                let list = self.list(items, at);
                return self.call_member(&list, &method, rest, at);
            }
            if &*path == "Object.prototype.toString" || this.is_nullish() {
                return self.unmodelled("a text", &[&this], &rest, at);
            }
            return self.call_member(&this, &method, rest, at);
        }
        match name {
            "call" => self.call(function, this, arguments.collect(), at),
            "apply" => {
                let list = arguments.next().unwrap_or(Value::Undefined);
                let list = if list.is_nullish() { Vec::new() } else { self.items(&list, at) };
                self.call(function, this, list, at)
            }
            _ => Ok(self.object(Kind::Bound(function.clone(), this, arguments.collect()), at)),
        }
    }

    /// An instant as a value.
    pub(super) fn instant(&mut self, milliseconds: f64, at: Site) -> Value<'p> {
        // The range of ECMA 262, "Time Values".
        let held = if milliseconds.abs() <= 8.64e15 { milliseconds.trunc() + 0.0 } else { f64::NAN };
        self.object(Kind::Date(Cell::new(held)), at)
    }
}

fn same_object<'p>(a: &Value<'p>, b: &Value<'p>) -> bool {
    matches!((a, b), (Value::Object(a), Value::Object(b)) if std::rc::Rc::ptr_eq(a, b))
}
