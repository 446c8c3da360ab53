//! What `new` makes of classes of the platform and of packages that are modelled.

use std::rc::Rc;

use super::super::super::program::{Site, Text};
use super::super::{Kind, Machine, Object, Outcome, Slot, Value};
use super::regex;

impl<'p> Machine<'p> {
    pub(in super::super) fn construct_native(
        &mut self,
        path: &str,
        arguments: Vec<Value<'p>>,
        at: Site,
    ) -> Outcome<'p> {
        let first = arguments.first().cloned().unwrap_or(Value::Undefined);
        Ok(match path {
            "Date" => self.new_date(&arguments, at),
            "Map" | "WeakMap" => self.new_map(&first, at),
            "Uint8Array" => return self.new_array_of_bytes(&first, &arguments, at),
            "Set" | "WeakSet" => self.new_set(&first, at),
            "URL" => return self.new_url(&arguments, at),
            "URLSearchParams" => self.new_query(&first, at),
            "Headers" => return self.new_headers(&first, at),
            "Request" | "NextRequest" => return self.new_request(&first, arguments.get(1), at),
            _ if let Some(name) = path.strip_prefix("Intl.") => return self.intl(name, &arguments, at),
            "String" | "Number" | "Boolean" => self.unread("an object", &[&first], at),
            "RegExp" => match (&first, arguments.get(1)) {
                (Value::Text(pattern), None | Some(Value::Undefined)) => self.regex(pattern, &Text::from(""), at),
                (Value::Text(pattern), Some(Value::Text(flags))) => self.regex(pattern, flags, at),
                (Value::Object(object), None) if matches!(object.kind, Kind::Regex(..)) => {
                    let Kind::Regex(_, flags) = &object.kind else { return Ok(first) };
                    match object.own(regex::SOURCE) {
                        Some((Value::Text(source), _)) => self.regex(&source, &flags.clone(), at),
                        _ => self.unknown("an expression", at),
                    }
                }
                _ => self.object(Kind::Regex(None, Text::from("")), at),
            },
            "NextResponse" | "Response" => self.new_response(&arguments, at)?,
            "Promise" => return self.new_promise(&first, at),
            "Proxy" if let Some(get) = arguments.get(1).and_then(only_get) => {
                let proxy = self.object(Kind::Proxy(first, get), at);
                // It has what the function says.
                proxy.as_object().inspect(|proxy| proxy.open());
                proxy
            }
            "Array" => match first {
                Value::Number(length) if arguments.len() == 1 && (0.0..10_000.0).contains(&length) => {
                    self.list(vec![Value::Undefined; length as usize], at)
                }
                _ => self.list(arguments, at),
            },
            "Object" if matches!(first, Value::Object(_)) => first,
            "Object" if first.is_nullish() => self.object(Kind::Plain, at),
            "TextEncoder" => self.object(Kind::Method(Value::Undefined, Text::from("encoder")), at),
            "TextDecoder"
                if arguments.is_empty()
                    || matches!(&first, Value::Text(name) if matches!(&*name.to_lowercase(), "utf-8" | "utf8")) =>
            {
                self.object(Kind::Method(Value::Undefined, Text::from("decoder")), at)
            }
            "inngest.Inngest" => self.object(Kind::Client, at),
            "inngest.EventSchemas" => self.unknown("event schemas", at),
            _ if path.ends_with("Error") => {
                let name = path.rsplit('.').next().unwrap_or(path);
                let error = self.error(name, "", at);
                if let Some(object) = error.as_object() {
                    // The errors of several come first.
                    let skipped = usize::from(name == "AggregateError");
                    if skipped == 1 {
                        let value = first;
                        object.set(Slot { name: Text::from("errors"), value, is_getter: false, at });
                    }
                    match arguments.get(skipped) {
                        None | Some(Value::Undefined) => object.remove("message"),
                        Some(message) => {
                            let value = self.to_text(message).map_or_else(|| message.clone(), Value::Text);
                            object.set(Slot { name: Text::from("message"), value, is_getter: false, at });
                        }
                    }
                    self.take_cause(object, arguments.get(skipped + 1), at)?;
                }
                error
            }
            // Numbers in bytes: whoever asks them does nothing outside.
            _ if path.ends_with("Array") || matches!(path, "ArrayBuffer" | "DataView") => {
                self.unread(super::NUMBERS, &arguments.iter().collect::<Vec<_>>(), at)
            }
            _ => self.unread("an object", &arguments.iter().collect::<Vec<_>>(), at),
        })
    }

    /// What an error was caused by, when that is said.
    pub(in super::super) fn take_cause(
        &mut self,
        error: &Rc<Object<'p>>,
        options: Option<&Value<'p>>,
        at: Site,
    ) -> Outcome<'p, ()> {
        let Some(options @ (Value::Object(_) | Value::Opaque(_))) = options else { return Ok(()) };
        if options.as_object().is_some_and(|options| !options.is_open() && !options.has("cause")) {
            return Ok(());
        }
        let value = self.member(options, "cause", at)?;
        error.set(Slot { name: Text::from("cause"), value, is_getter: false, at });
        Ok(())
    }
}

/// The function that gives the properties of a proxy, where nothing else is caught.
fn only_get<'p>(handler: &Value<'p>) -> Option<Value<'p>> {
    let handler = handler.as_object().filter(|handler| !handler.is_open())?;
    let (get, is_getter) = handler.own("get")?;
    (!is_getter && get.is_callable() && handler.properties.borrow().len() == 1).then_some(get)
}
