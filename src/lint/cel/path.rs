//! A path of an expression, followed into the event and its payload.

use std::ops::Range;

use super::{Path, Step};
use crate::contract::{Binding, Contract, Field, Payload, Type};
use crate::suggest::did_you_mean;

/// The values of an event that are no payload.
const EVENT: [&str; 6] = ["data", "name", "id", "ts", "v", "user"];

/// What an expression can read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'c> {
    /// Where named payloads are.
    pub(super) contract: &'c Contract,
    /// The payload of `event.data`.
    pub(super) payload: &'c Payload,
    /// Whether the offload's events carry parameters.
    pub(super) params: bool,
    /// The event that cancels, where there is one: its name and, of an event of the contract, its
    /// payload.
    pub(super) cancels: Option<(&'c str, Option<&'c Payload>)>,
}

/// What a path leads to.
#[derive(Debug, Default)]
pub(super) struct Found<'c> {
    /// What it is.
    pub(super) value: Value<'c>,
    /// Why it may be absent, and the field that is to blame.
    pub(super) absent: Option<(&'static str, Option<&'c Field>)>,
    /// The field on the way that may be null.
    pub(super) null: Option<&'c Field>,
}

/// What a path leads to.
#[derive(Debug, Default, Clone, Copy)]
pub(super) enum Value<'c> {
    /// The id of the event.
    Id,
    /// The name of the event.
    Name,
    /// When the event was sent.
    Instant,
    /// A field of the payload, of this type.
    Field(&'c Field, &'c Type),
    /// The event, its whole payload, or a part of either that has parts of its own.
    Object,
    /// Nothing is known of it.
    #[default]
    Unknown,
}

/// A path that leads nowhere.
#[derive(Debug)]
pub(super) struct Nowhere {
    /// The step that fails.
    pub(super) span: Range<usize>,
    /// Why.
    pub(super) why: String,
    /// What to do.
    pub(super) help: String,
}

impl<'c> Scope<'c> {
    /// Follows a path.
    pub(super) fn follow(&self, path: &Path) -> Result<Found<'c>, Nowhere> {
        let [root, rest @ ..] = path.steps.as_slice() else { return Ok(Found::default()) };
        let payload = match (root.name.as_deref(), self.cancels) {
            (Some("event"), _) => Some(self.payload),
            (Some("async"), Some((_, payload))) => payload,
            _ => return Err(self.no_root(path, root)),
        };
        let [part, rest @ ..] = rest else { return Ok(Found { value: Value::Object, ..Found::default() }) };
        let value = match part.name.as_deref() {
            Some("data") => match payload {
                Some(payload) => return self.data(payload, rest),
                None => return Ok(Found::default()),
            },
            Some("id") => Value::Id,
            Some("name") => Value::Name,
            Some("ts") => Value::Instant,
            Some("v" | "user") => {
                return Ok(Found { absent: Some(("only some events have it", None)), ..Found::default() });
            }
            Some(name) => return Err(self.no_part(root, part, name)),
            None => return Ok(Found::default()),
        };
        match rest.first() {
            None => Ok(Found { value, ..Found::default() }),
            Some(step) => Err(Nowhere {
                span: step.span.clone(),
                why: format!("`{}` has no parts", name_of(part)),
                help: "remove what follows it".to_owned(),
            }),
        }
    }

    /// Follows what comes behind `event.data`.
    fn data(&self, payload: &'c Payload, steps: &[Step]) -> Result<Found<'c>, Nowhere> {
        let mut found = Found { value: Value::Object, ..Found::default() };
        let mut fields: Option<(&'c [Field], &str)> = Some((&payload.fields, &payload.name));
        let mut element: Option<(&'c Field, &'c Type)> = None;
        for step in steps {
            let (field, type_) = match (fields, element) {
                (Some((fields, owner)), _) => {
                    let Some(name) = step.name.as_deref() else { return Ok(Found::default()) };
                    let known = fields.iter().find(|field| field.name == name);
                    let field = match known.filter(|field| self.params || !is_params(field)) {
                        Some(field) => field,
                        None => return Err(no_field(fields, owner, step, name, known.is_some())),
                    };
                    if field.optional {
                        found.absent = found.absent.or(Some(("it is optional", Some(field))));
                    }
                    if field.nullable {
                        found.null = found.null.or(Some(field));
                    }
                    (field, &field.type_.value)
                }
                (None, Some((field, type_))) => (field, self.inside(field, type_, step, &mut found)?),
                (None, None) => return Ok(found),
            };
            (fields, element) = match type_ {
                Type::Object(inner) => (Some((inner.as_slice(), field.name.as_str())), None),
                Type::Payload(name) => {
                    (self.contract.payloads.get(name).map(|p| (p.fields.as_slice(), p.name.as_str())), None)
                }
                _ => (None, Some((field, type_))),
            };
            found.value = if fields.is_some() { Value::Object } else { Value::Field(field, type_) };
        }
        Ok(found)
    }

    /// One step into a value that is no object of known fields.
    fn inside(
        &self,
        field: &'c Field,
        type_: &'c Type,
        step: &Step,
        found: &mut Found<'c>,
    ) -> Result<&'c Type, Nowhere> {
        let (inner, why) = match type_ {
            Type::Map(value) => (value.as_ref(), "a map does not always have it"),
            Type::Array(item) if step.name.is_none() => (item.as_ref(), "a list is not always that long"),
            Type::Json => (type_, "JSON does not always have it"),
            _ => {
                let why = format!("`{}` has the type `{}`, which has no such part", field.name, type_.text());
                return Err(Nowhere { span: step.span.clone(), why, help: "remove what follows it".to_owned() });
            }
        };
        found.absent = found.absent.or(Some((why, Some(field))));
        Ok(inner)
    }

    fn no_root(&self, path: &Path, root: &Step) -> Nowhere {
        let name = name_of(root);
        let roots: &[&str] = if self.cancels.is_some() { &["event", "async"] } else { &["event"] };
        let has_field = self.payload.fields.iter().any(|field| field.name == name);
        let of_payload = self.payload.fields.iter().map(|field| field.name.as_str());
        let bare = path.steps.len() == 1;
        let help = if has_field && bare {
            format!("write `event.data.{name}`")
        } else if let Some(close) = did_you_mean(&name, roots.iter().copied()) {
            format!("did you mean `{close}`?")
        } else if let Some(close) = did_you_mean(&name, of_payload).filter(|_| bare) {
            format!("did you mean `event.data.{close}`?")
        } else if bare {
            format!("name a field of the event, or put a constant in quotes inside the expression: `\"'{name}'\"`")
        } else {
            "begin with `event.data`".to_owned()
        };
        Nowhere { span: root.span.clone(), why: format!("unknown value `{name}`"), help }
    }

    fn no_part(&self, root: &Step, part: &Step, name: &str) -> Nowhere {
        let root = name_of(root);
        let of_payload = self.payload.fields.iter().map(|field| field.name.as_str());
        let help = if self.payload.fields.iter().any(|field| field.name == name) {
            format!("write `{root}.data.{name}`")
        } else if let Some(close) = did_you_mean(name, EVENT) {
            format!("did you mean `{root}.{close}`?")
        } else if let Some(close) = did_you_mean(name, of_payload) {
            format!("did you mean `{root}.data.{close}`?")
        } else {
            format!("an event has {}", EVENT.map(|part| format!("`{part}`")).join(", "))
        };
        Nowhere { span: part.span.clone(), why: format!("an event has no `{name}`"), help }
    }
}

fn is_params(field: &Field) -> bool {
    field.from.as_ref().is_some_and(|from| from.value == Binding::Params)
}

fn no_field(fields: &[Field], owner: &str, step: &Step, name: &str, without_params: bool) -> Nowhere {
    let (why, help) = if without_params {
        let why = format!("only events of offloads that allow parameters have `{name}`");
        (why, "allow parameters with `params: { allow: […] }`, or name another field".to_owned())
    } else {
        let help = match did_you_mean(name, fields.iter().map(|field| field.name.as_str())) {
            Some(close) => format!("did you mean `{close}`?"),
            None => {
                let known: Vec<String> = fields.iter().take(8).map(|field| format!("`{}`", field.name)).collect();
                format!("declare the field, or name one of {}", known.join(", "))
            }
        };
        (format!("`{owner}` has no field `{name}`"), help)
    };
    Nowhere { span: step.span.clone(), why, help }
}

fn name_of(step: &Step) -> String {
    step.name.clone().unwrap_or_else(|| "[…]".to_owned())
}
