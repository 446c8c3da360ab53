//! Payloads: types parsed, inheritance flattened.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::super::{Binding, Field, Offload, Origin, Payload, Sourced, Type, codes};
use super::circles::MOST_LEVELS;
use super::{Resolver, optional};
use crate::diagnostic::Fix;
use crate::pointer::Pointer;
use crate::spec::{self, OUT_OF_RANGE};
use crate::suggest::did_you_mean;

/// The payload that a spec without `payloads` has.
pub(super) const BUILT_IN: &str = "BackgroundDispatchEventData";

const SCALARS: [(&str, Type); 9] = [
    ("string", Type::String),
    ("integer", Type::Integer),
    ("number", Type::Number),
    ("boolean", Type::Boolean),
    ("timestamp", Type::Timestamp),
    ("date", Type::Date),
    ("uuid", Type::Uuid),
    ("url", Type::Url),
    ("json", Type::Json),
];

impl Resolver<'_> {
    pub(super) fn payloads(&mut self) -> IndexMap<String, Payload> {
        let at = Pointer::root().key("payloads");
        let empty = IndexMap::new();
        let given = self.spec.payloads.as_ref().unwrap_or(&empty);
        let built_in = (!given.contains_key(BUILT_IN)).then(|| built_in(&at));
        let mut own: IndexMap<&str, Vec<Field>> = IndexMap::new();
        for (name, payload) in given {
            let at = at.key(name);
            self.identifier("a payload", name, &at);
            let fields = payload
                .fields
                .iter()
                .filter_map(|(field, shape)| self.field(field, shape, &at.key("fields").key(field)));
            own.insert(name, fields.collect());
        }
        let mut out = IndexMap::new();
        if let Some(payload) = built_in {
            own.insert(BUILT_IN, payload.fields.clone());
            out.insert(BUILT_IN.to_owned(), payload);
        }
        for (name, payload) in given {
            let at = at.key(name);
            let Some(chain) = self.ancestry(name, given) else { continue };
            let mut fields: Vec<Field> = Vec::new();
            for ancestor in chain.iter().rev() {
                for field in own.get(ancestor).into_iter().flatten() {
                    let mut field = field.clone();
                    if *ancestor != name {
                        field.inherited = Some((*ancestor).to_owned());
                    }
                    match fields.iter_mut().find(|known| known.name == field.name) {
                        Some(known) => {
                            let help = "rename the field, or remove it here";
                            let message = format!("`{name}` already inherits a field `{}`", field.name);
                            self.findings
                                .report_key(&codes::BAD_NAME, &field.at, message, help)
                                .also(&known.at, "inherited from here");
                        }
                        None => fields.push(field),
                    }
                }
            }
            out.insert(
                name.clone(),
                Payload {
                    name: name.clone(),
                    description: optional(payload.description.as_ref(), &at.key("description")),
                    extends: optional(payload.extends.as_ref(), &at.key("extends")),
                    fields,
                    at,
                },
            );
        }
        self.refuse_circles(&out);
        out
    }

    /// The built-in payload stays only where something refers to it.
    pub(super) fn drop_unused_built_in(payloads: &mut IndexMap<String, Payload>, offloads: &IndexMap<String, Offload>) {
        fn contains(type_: &Type) -> bool {
            match type_ {
                Type::Payload(name) => name == BUILT_IN,
                Type::Array(inner) | Type::Map(inner) => contains(inner),
                Type::Object(fields) => fields.iter().any(|field| contains(&field.type_)),
                _ => false,
            }
        }
        let is_built_in =
            payloads.get(BUILT_IN).is_some_and(|p| p.fields.iter().all(|f| f.type_.origin == Origin::BuiltIn));
        let refers = |payload: &Payload| {
            payload.extends.as_ref().is_some_and(|name| name.value == BUILT_IN)
                || payload.fields.iter().any(|f| contains(&f.type_))
        };
        let used = offloads.values().flat_map(Offload::events).any(|event| event.payload.value == BUILT_IN);
        if is_built_in && !used && !payloads.values().any(refers) {
            payloads.shift_remove(BUILT_IN);
        }
    }

    fn field(&mut self, name: &str, given: &spec::Field, at: &Pointer) -> Option<Field> {
        if name.is_empty() || name.len() > 100 || name == "__proto__" {
            self.findings.report_key(
                &codes::BAD_NAME,
                at,
                format!("`{name}` cannot be the name of a field"),
                "choose another name",
            );
        }
        let type_ = self.field_type(name, given, at)?;
        let bounds = self.bounds(given, &type_.value, at);
        let from = given.from.map(|from| Sourced::written(from, at.key("from")));
        let json =
            |value: &Option<Value>, key: &str| value.as_ref().map(|value| Sourced::written(value.clone(), at.key(key)));
        Some(Field {
            name: name.to_owned(),
            type_,
            optional: given.optional.unwrap_or(false),
            nullable: given.nullable.unwrap_or(false),
            from,
            description: optional(given.description.as_ref(), &at.key("description")),
            example: json(&given.example, "example"),
            default: json(&given.default, "default"),
            bounds,
            inherited: None,
            at: at.clone(),
        })
    }

    fn field_type(&mut self, name: &str, given: &spec::Field, at: &Pointer) -> Option<Sourced<Type>> {
        let refuse = |this: &mut Self, message: String, help: &str| {
            this.findings.report_key(&codes::BOUND_DOES_NOT_FIT, at, message, help);
            None
        };
        match (&given.type_, &given.fields) {
            (Some(_), Some(_)) => refuse(self, format!("`{name}` has both a type and fields"), "keep one of the two"),
            (None, None) => {
                refuse(self, format!("`{name}` has no type"), "add `type: string`, or `fields` for an object")
            }
            (None, Some(fields)) => {
                let at = at.key("fields");
                let fields = fields.iter().map(|(name, field)| self.field(name, field, &at.key(name)));
                let fields: Option<Vec<Field>> = fields.collect();
                Some(Sourced::written(Type::Object(fields?), at))
            }
            (Some(text), None) => {
                let type_at = at.key("type");
                let type_ = self.parse_type(text, given, &type_at)?;
                if given.values.is_some() && !text.contains("enum") {
                    return refuse(
                        self,
                        format!("`{name}` has values, but is not an `enum`"),
                        "write `type: enum`, or remove the values",
                    );
                }
                Some(Sourced::written(type_, type_at))
            }
        }
    }

    fn parse_type(&mut self, text: &str, given: &spec::Field, at: &Pointer) -> Option<Type> {
        let text = text.trim();
        if text.bytes().filter(|b| *b == b'<').count() > MOST_LEVELS {
            let message = format!("the type is nested more than {MOST_LEVELS} levels deep");
            self.findings.report(&OUT_OF_RANGE, at, message, "give the inner type a name under `payloads`");
            return None;
        }
        if let Some((_, type_)) = SCALARS.iter().find(|(name, _)| *name == text) {
            return Some(type_.clone());
        }
        let inside = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
        if let Some(item) = inside("array<") {
            return self.parse_type(item, given, at).map(|item| Type::Array(Box::new(item)));
        }
        if let Some(value) = inside("map<") {
            return self.parse_type(value, given, at).map(|value| Type::Map(Box::new(value)));
        }
        if text == "enum" {
            return match &given.values {
                Some(values) if !values.is_empty() => Some(Type::Enum(values.clone())),
                _ => {
                    self.findings.report(
                        &codes::BOUND_DOES_NOT_FIT,
                        at,
                        "the enum has no values",
                        "add `values: [a, b]`",
                    );
                    None
                }
            };
        }
        let payloads = self.spec.payloads.as_ref();
        if text == BUILT_IN || payloads.is_some_and(|payloads| payloads.contains_key(text)) {
            return Some(Type::Payload(text.to_owned()));
        }
        let known = SCALARS.iter().map(|(name, _)| *name).chain(["enum", "array<string>", "map<string>"]);
        let known = known.chain(payloads.into_iter().flat_map(|p| p.keys().map(String::as_str)));
        let close = did_you_mean(text, known.clone());
        let help = match close {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
        };
        let finding = self.findings.report(&codes::UNKNOWN_REFERENCE, at, format!("unknown type `{text}`"), help);
        finding.fixed_by(close.map(Fix::text));
        None
    }

    fn bounds(&mut self, given: &spec::Field, type_: &Type, at: &Pointer) -> Map<String, Value> {
        #[derive(PartialEq)]
        enum On {
            Number,
            Text,
            List,
            Map,
        }
        let on = match type_ {
            Type::Integer | Type::Number => Some(On::Number),
            Type::String | Type::Url => Some(On::Text),
            Type::Array(_) => Some(On::List),
            Type::Map(_) => Some(On::Map),
            _ => None,
        };
        let number = |n: &Option<f64>| {
            n.map(|n| if n.fract() == 0.0 && n.abs() < 9e15 { Value::from(n as i64) } else { Value::from(n) })
        };
        let count = |n: &Option<u64>| n.map(Value::from);
        let all = [
            ("minimum", On::Number, number(&given.minimum)),
            ("maximum", On::Number, number(&given.maximum)),
            ("exclusiveMinimum", On::Number, number(&given.exclusive_minimum)),
            ("exclusiveMaximum", On::Number, number(&given.exclusive_maximum)),
            ("multipleOf", On::Number, number(&given.multiple_of)),
            ("minLength", On::Text, count(&given.min_length)),
            ("maxLength", On::Text, count(&given.max_length)),
            ("pattern", On::Text, given.pattern.clone().map(Value::from)),
            ("minItems", On::List, count(&given.min_items)),
            ("maxItems", On::List, count(&given.max_items)),
            ("uniqueItems", On::List, given.unique_items.map(Value::from)),
            ("minProperties", On::Map, count(&given.min_properties)),
            ("maxProperties", On::Map, count(&given.max_properties)),
        ];
        let mut bounds = Map::new();
        for (keyword, fits, value) in all {
            let Some(value) = value else { continue };
            if on.as_ref() != Some(&fits) {
                let message = format!("`{keyword}` does not fit the type `{}`", type_.text());
                self.findings.report(
                    &codes::BOUND_DOES_NOT_FIT,
                    &at.key(keyword),
                    message,
                    "remove it, or change the type",
                );
            }
            if keyword == "multipleOf" && value.as_f64().is_some_and(|factor| factor <= 0.0) {
                let message = format!("JSON Schema does not accept a multiple of {value}");
                self.findings.report(&OUT_OF_RANGE, &at.key(keyword), message, "write a number above 0");
            }
            bounds.insert(keyword.to_owned(), value);
        }
        bounds
    }
}

fn built_in(at: &Pointer) -> Payload {
    let field = |name: &str, type_: Type, from: Binding, description: &str| Field {
        name: name.to_owned(),
        type_: Sourced::built_in(type_, at.clone()),
        optional: matches!(from, Binding::Params | Binding::WindowStart | Binding::WindowSeconds),
        nullable: false,
        from: Some(Sourced::built_in(from, at.clone())),
        description: Some(Sourced::built_in(description.to_owned(), at.clone())),
        example: None,
        default: None,
        bounds: Map::new(),
        inherited: None,
        at: at.clone(),
    };
    Payload {
        name: BUILT_IN.to_owned(),
        description: Some(Sourced::built_in(
            "Who asked for a run, when, and for which dispatch window.".into(),
            at.clone(),
        )),
        extends: None,
        fields: vec![
            field("source", Type::String, Binding::Source, "Who asked for the run."),
            field("requestedAt", Type::Timestamp, Binding::Now, "When the route was called, UTC."),
            field("dispatchKey", Type::String, Binding::DispatchKey, "Deterministic key of the dispatch."),
            field(
                "correlationId",
                Type::Uuid,
                Binding::Uuid,
                "Made once in the route and copied to every status write.",
            ),
            field("dispatchWindowStart", Type::Timestamp, Binding::WindowStart, "Start of the window, UTC."),
            field("dispatchWindowSeconds", Type::Integer, Binding::WindowSeconds, "Size of the window in seconds."),
            field(
                "params",
                Type::Map(Box::new(Type::String)),
                Binding::Params,
                "The query parameters that the route allows.",
            ),
        ],
        at: at.clone(),
    }
}
