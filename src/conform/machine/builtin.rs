//! What the platform and a few packages give: globals, methods of values, modules of Node and Next.js.
//!
//! What is not modelled is opaque, never guessed.

mod collection;
mod crypto;
pub(super) mod date;
mod global;
mod json;
mod list;
mod math;
mod object;
mod promise;
mod regex;
mod text;
pub(super) mod web;

use std::cell::{Cell, RefCell};

use super::super::program::{Site, Text};
use super::{EffectKind, Kind, Machine, Origin, Outcome, Slot, Taint, Value};

/// Globals that are modelled in part.
fn is_global(name: &str) -> bool {
    matches!(
        name,
        "Array"
            | "Boolean"
            | "Buffer"
            | "Date"
            | "Error"
            | "Headers"
            | "JSON"
            | "Map"
            | "Math"
            | "Number"
            | "Object"
            | "Promise"
            | "RangeError"
            | "Request"
            | "Response"
            | "Set"
            | "String"
            | "TextEncoder"
            | "TypeError"
            | "URL"
            | "URLSearchParams"
            | "WeakMap"
            | "console"
            | "crypto"
            | "decodeURIComponent"
            | "encodeURIComponent"
            | "globalThis"
            | "isFinite"
            | "isNaN"
            | "parseFloat"
            | "parseInt"
            | "performance"
            | "process"
            | "queueMicrotask"
            | "setImmediate"
            | "setTimeout"
            | "structuredClone"
            | "Uint8Array"
            | "SyntaxError"
            | "Symbol"
            | "AggregateError"
            | "$fits"
            | "$isOther"
            | "$isUnknown"
            | "$open"
            | "$unknown"
    )
}

impl<'p> Machine<'p> {
    pub(super) fn global(&mut self, name: &str, at: Site) -> Value<'p> {
        match name {
            "NaN" => Value::Number(f64::NAN),
            "Infinity" => Value::Number(f64::INFINITY),
            "global" => self.native("globalThis"),
            _ if is_global(name) => self.native(name),
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
            ("crypto", "createHash" | "randomUUID" | "timingSafeEqual" | "webcrypto") => format!("crypto.{name}"),
            ("buffer", "Buffer") | ("url", "URL" | "URLSearchParams") | ("util", "TextEncoder") => name.into(),
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
            ("Number", "NaN") => Value::Number(f64::NAN),
            ("Math", "PI") => Value::Number(std::f64::consts::PI),
            ("Math", "E") => Value::Number(std::f64::consts::E),
            (_, "name") => Value::text(path),
            ("crypto.webcrypto", name) => self.native(&format!("crypto.{name}")),
            _ => self.native(&format!("{path}.{name}")),
        }
    }

    pub(super) fn call_native(&mut self, path: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let (space, name) = path.split_once('.').unwrap_or(("", path));
        self.call_native_in(space, name, arguments, at)
    }

    fn call_native_in(&mut self, space: &str, name: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        match (space, name) {
            ("console", _) | ("Symbol", _) => Ok(Value::Undefined),
            ("Math", name) => Ok(self.math(name, &arguments, at)),
            ("Number", name) => Ok(self.number(name, true, &arguments, at)),
            ("Object", name) => self.object_function(name, arguments, at),
            ("Array", name) => self.array_function(name, arguments, at),
            ("JSON", "stringify") => Ok(self.stringify(&arguments, at)),
            ("JSON", "parse") => self.parse_json(&first, at),
            ("Date", name) => Ok(self.date_function(name, &arguments, at)),
            ("Promise", name) => self.promise_function(name, &first, at),
            ("crypto", name) => self.crypto_function(name, &arguments, at),
            ("NextResponse" | "Response", name) => self.response_function(name, arguments, at),
            ("Buffer", "from") | ("", "Buffer") => Ok(self.bytes(&first, at)),
            ("URL" | "String", _) => Ok(self.mixed("a value", &arguments.iter().collect::<Vec<_>>(), at)),
            ("performance", "now") => Ok(Value::Number(0.0)),
            ("", "String") => Ok(match arguments.first() {
                None => Value::text(""),
                Some(value) => match self.to_text(value) {
                    Some(text) => Value::Text(text),
                    None => self.joined(vec![value.clone()], at),
                },
            }),
            ("", "Number" | "parseInt" | "parseFloat" | "isNaN" | "isFinite") => {
                Ok(self.number(name, false, &arguments, at))
            }
            ("", "Boolean") => {
                let not = self.unary(super::super::program::Unary::Not, &first, at);
                Ok(self.unary(super::super::program::Unary::Not, &not, at))
            }
            ("", "encodeURIComponent" | "decodeURIComponent") => Ok(web::component(self, name, &first, at)),
            ("", "structuredClone") => Ok(first),
            ("", "Date") => Ok(self.unknown_text(&[], at)),
            ("", "$unknown") => Ok(self.unknown("a value", at)),
            ("", "$isUnknown") => Ok(Value::Bool(matches!(first, Value::Opaque(_)))),
            ("", "$fits") => Ok(self.compared("fits", &first, &Value::Undefined, at)),
            ("", "$isOther") => Ok(Value::Bool(self.is_other(&arguments))),
            ("", "$open") => {
                first.as_object().inspect(|object| object.open());
                Ok(first)
            }
            ("", name) if name.ends_with("Error") => self.construct_native(name, arguments, at),
            ("", "setTimeout" | "setImmediate" | "queueMicrotask" | "after" | "sleep") => {
                if first.is_callable() {
                    self.call(&first, Value::Undefined, Vec::new(), at)?;
                }
                Ok(Value::Undefined)
            }
            ("next", "headers") => Ok(self.object(Kind::Headers(RefCell::default(), true), at)),
            ("inngest", "serve") => {
                let functions = self.member(&first, "functions", at)?;
                self.effect(EffectKind::Serve(functions), at);
                let handler = self.native("inngest.handler");
                Ok(self.record(vec![("GET", handler.clone()), ("POST", handler.clone()), ("PUT", handler)], at))
            }
            ("inngest", "eventType") => Ok(self.object(Kind::EventType(first), at)),
            ("inngest", "Inngest") => self.construct_native("inngest.Inngest", arguments, at),
            ("inngest", "EventSchemas") => self.construct_native("inngest.EventSchemas", arguments, at),
            _ => {
                self.run_callbacks(&arguments, at)?;
                Ok(self.mixed("a value", &arguments.iter().collect::<Vec<_>>(), at))
            }
        }
    }

    pub(super) fn construct_native(&mut self, path: &str, arguments: Vec<Value<'p>>, at: Site) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match path {
            "Date" => self.new_date(&arguments, at),
            "Map" | "WeakMap" => self.new_map(&first, at),
            "Uint8Array" if matches!(first.as_object().map(|object| &object.kind), Some(Kind::Bytes(_))) => first,
            "Set" => self.new_set(&first, at),
            "URL" => self.new_url(&arguments, at),
            "URLSearchParams" => self.new_query(&first, at),
            "Headers" => self.object(Kind::Headers(RefCell::default(), false), at),
            "NextResponse" | "Response" => self.new_response(&arguments, at)?,
            "Promise" => return self.new_promise(&first, at),
            "Array" => match first {
                Value::Number(length) if arguments.len() == 1 && (0.0..10_000.0).contains(&length) => {
                    self.list(vec![Value::Undefined; length as usize], at)
                }
                _ => self.list(arguments, at),
            },
            "Object" => self.object(Kind::Plain, at),
            "TextEncoder" => self.object(Kind::Method(Value::Undefined, Text::from("encoder")), at),
            "inngest.Inngest" => self.object(Kind::Client, at),
            "inngest.EventSchemas" => self.unknown("event schemas", at),
            _ if path.ends_with("Error") => {
                let name = path.rsplit('.').next().unwrap_or(path);
                let error = self.error(name, "", at);
                if let Some(object) = error.as_object() {
                    if arguments.is_empty() {
                        object.remove("message");
                    } else {
                        object.set(Slot { name: Text::from("message"), value: first, is_getter: false, at });
                    }
                    if let Some(options) = arguments.get(1) {
                        let cause = self.member(options, "cause", at).unwrap_or(Value::Undefined);
                        object.set(Slot { name: Text::from("cause"), value: cause, is_getter: false, at });
                    }
                }
                error
            }
            _ => self.mixed("an object", &arguments.iter().collect::<Vec<_>>(), at),
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
            Value::Number(number) => return Ok(self.number_method(*number, name, &arguments, at)),
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
        match &object.kind {
            Kind::List(items) => self.list_method(object, items, name, arguments, at),
            Kind::Date(instant) => {
                if name.starts_with("set") {
                    self.touch(object);
                }
                Ok(self.date_method(instant, name, &arguments, at))
            }
            Kind::Map(entries) => self.map_method(value, entries, name, arguments, at),
            Kind::Set(items) => self.set_method(value, items, name, arguments, at),
            Kind::Regex(regex, _) => Ok(self.regex_method(regex.as_ref(), name, &arguments, at)),
            Kind::Query(..) | Kind::Url(..) | Kind::Headers(..) | Kind::Request | Kind::Response(..) => {
                self.web_method(object, value, name, arguments, at)
            }
            Kind::Promise(_) | Kind::Pending(_) => self.promise_method(value, name, arguments, at),
            Kind::Bytes(bytes) => Ok(self.bytes_method(bytes, name, &arguments, at)),
            Kind::Digest(algorithm, data) => Ok(self.digest_method(value, algorithm, data, name, &arguments, at)),
            Kind::Client => self.call_client(name, arguments, at),
            Kind::Definition(index) if name == "id" => Ok(self.definition_id(*index, arguments, at)),
            Kind::EventType(event) => self.call_event_type(&event.clone(), name, arguments, at),
            Kind::Step => self.call_step(name, arguments, at),
            Kind::Native(path) if matches!(name, "call" | "apply" | "bind") && !path.contains("crypto") => {
                self.function_method(value, name, arguments, at)
            }
            Kind::Native(path) if path.contains('.') => self.call_native(&format!("{path}.{name}"), arguments, at),
            Kind::Native(path) => self.call_native_in(path, name, arguments, at),
            Kind::Method(of, made) if matches!(of, Value::Undefined) && &**made == "encoder" => {
                Ok(self.bytes(&arguments.first().cloned().unwrap_or(Value::Undefined), at))
            }
            Kind::Function(_) | Kind::Bound(..) | Kind::Method(..) if matches!(name, "call" | "apply" | "bind") => {
                self.function_method(value, name, arguments, at)
            }
            Kind::Plain if name == "hasOwnProperty" => {
                let key = arguments.first().and_then(|key| self.to_text(key));
                Ok(key.map_or(Value::Undefined, |key| Value::Bool(object.own(&key).is_some())))
            }
            Kind::Plain | Kind::Error(_) if name == "toString" => {
                Ok(self.to_text(value).map_or_else(|| Value::text("[object Object]"), Value::Text))
            }
            _ => {
                let method = self.member(value, name, at)?;
                match method.as_object().map(|method| &method.kind) {
                    // A method that nothing models, of a value that is.
                    Some(Kind::Method(..)) => {
                        self.run_callbacks(&arguments, at)?;
                        Ok(self.mixed("a value", &arguments.iter().collect::<Vec<_>>(), at))
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

    /// Whether a variable of an environment is one of which the world says nothing.
    fn is_other(&self, arguments: &[Value<'p>]) -> bool {
        let [Value::Object(environment), Value::Text(name)] = arguments else { return false };
        matches!(environment.kind, Kind::Env) && !self.world.env.contains_key(&**name)
    }

    /// An instant as a value.
    pub(super) fn instant(&mut self, milliseconds: f64, at: Site) -> Value<'p> {
        // The range of ECMA 262, "Time Values".
        let held = if milliseconds.abs() <= 8.64e15 { milliseconds } else { f64::NAN };
        self.object(Kind::Date(Cell::new(held)), at)
    }
}
