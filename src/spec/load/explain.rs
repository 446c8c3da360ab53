//! What the JSON Schema of the language says of a document, in words for people.

use std::fmt::Write;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError};
use serde_json::{Map, Value};

use super::super::codes;
use crate::contract::{BAD_DURATION, duration_help};
use crate::derive::Duration;
use crate::diagnostic::{Diagnostic, Fix, docs};
use crate::document::{Document, Node, Part};
use crate::pointer::Pointer;
use crate::rule::Meta;
use crate::suggest::did_you_mean;

/// The findings of a document that the schema refuses.
pub(super) struct Explained<'d> {
    pub(super) document: &'d Document,
    pub(super) schema: &'d Value,
    pub(super) out: Vec<Diagnostic>,
}

impl Explained<'_> {
    /// Adds what an error means.
    pub(super) fn add(&mut self, error: &ValidationError<'_>) {
        let at = Pointer::parse(error.instance_path().as_str());
        match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                for key in unexpected {
                    self.unknown_key(&at, key, error);
                }
            }
            ValidationErrorKind::Required { property } => {
                let property = property.as_str().unwrap_or_default();
                let help = format!("add `{property}: …`{}", self.described(error, property));
                let message = format!("{} has no `{property}`", name(&at));
                let finding = self.report(&codes::MISSING_KEY, &at, Part::Key, message, help);
                finding.fix = Some(Fix::Insert(property.to_owned()));
            }
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                self.branches(&at, context, error);
            }
            ValidationErrorKind::Type { .. } => {
                self.wrong_type(&at, expected_type(error).unwrap_or("something else"), error);
            }
            ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
                self.not_a_choice(&at, error, &choices(error));
            }
            ValidationErrorKind::Pattern { .. } => self.not_in_the_form(&at, error),
            _ => self.out_of_bounds(&at, error),
        }
    }

    fn report(
        &mut self,
        code: &'static Meta,
        at: &Pointer,
        part: Part,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Diagnostic {
        let finding = Diagnostic::new(code, self.document.locate(at, part), message, help);
        self.out.push(finding);
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    fn unknown_key(&mut self, at: &Pointer, key: &str, error: &ValidationError<'_>) {
        const MOST: usize = 8;
        let known = self.owner(error).and_then(|owner| properties(owner)).map(|known| known.keys().map(String::as_str));
        let known: Vec<&str> = known.into_iter().flatten().collect();
        let close = did_you_mean(key, known.iter().copied());
        let help = match (close, self.belongs(at, key, error)) {
            (Some(close), _) => format!("did you mean `{close}`?"),
            (None, Some(place)) => place,
            (None, None) if known.len() <= MOST => format!("known keys here: {}", listed(&known, ", ")),
            (None, None) => format!("all keys: {}", docs("language-reference.md")),
        };
        let fix = close.map(Fix::text);
        let message = format!("unknown key `{key}`");
        self.report(&codes::UNKNOWN_KEY, &at.key(key), Part::Key, message, help).fix = fix;
    }

    /// Where a key belongs that is in the wrong place: one level down, or one level up.
    fn belongs(&self, at: &Pointer, key: &str, error: &ValidationError<'_>) -> Option<String> {
        let siblings = properties(self.owner(error)?)?;
        let within: Vec<&str> = siblings
            .iter()
            .filter(|(_, schema)| self.objects(schema).any(|object| object.contains_key(key)))
            .map(|(name, _)| name.as_str())
            .collect();
        if !within.is_empty() && within.len() <= 3 {
            let place = match within.split_last() {
                Some((last, others)) if !others.is_empty() => format!("{} or `{last}`", listed(others, ", ")),
                _ => listed(&within, ", "),
            };
            return Some(format!("`{key}` belongs under {place}"));
        }
        // A map of names: one whose entries have the keys that are written here.
        let written = self.document.get(&at.key(key)).map(Node::to_json);
        let written = written.as_ref().and_then(Value::as_object).filter(|written| !written.is_empty());
        if let Some(written) = written {
            let takes = |schema: &Value| {
                let entries = self.resolved(schema).get("additionalProperties").filter(|entries| entries.is_object());
                entries.is_some_and(|entries| {
                    self.objects(entries).any(|object| written.keys().all(|key| object.contains_key(key)))
                })
            };
            let maps: Vec<&str> =
                siblings.iter().filter(|(_, schema)| takes(schema)).map(|(name, _)| name.as_str()).collect();
            if let [map] = maps.as_slice() {
                let mut place: Vec<String> = at.segments().collect();
                place.push((*map).to_owned());
                return Some(format!("`{key}` belongs under `{}`", place.join(".")));
            }
        }
        let above = at.parent()?;
        let inner = at.segments().last()?;
        let outer = self.written_at(&above)?;
        let is_above = self.objects(outer).any(|object| object.contains_key(key) && object.contains_key(&inner));
        is_above.then(|| format!("`{key}` belongs one level up, next to `{inner}`"))
    }

    /// The schema of the place that a pointer names.
    fn written_at(&self, at: &Pointer) -> Option<&Value> {
        let mut schema = self.schema;
        for segment in at.segments() {
            let named = self.objects(schema).find_map(|object| object.get(&segment));
            schema = match named {
                Some(named) => named,
                None => {
                    let schema = self.resolved(schema);
                    schema.get("additionalProperties").filter(|each| each.is_object()).or(schema.get("items"))?
                }
            };
        }
        Some(schema)
    }

    /// The properties of each form of object that a schema takes.
    fn objects<'s>(&'s self, schema: &'s Value) -> impl Iterator<Item = &'s Map<String, Value>> {
        let schema = self.resolved(schema);
        let branches = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten();
        std::iter::once(schema).chain(branches.map(|branch| self.resolved(branch))).filter_map(properties)
    }

    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|target| self.schema.pointer(target)).unwrap_or(schema)
    }

    fn branches(&mut self, at: &Pointer, context: &[Vec<ValidationError<'static>>], error: &ValidationError<'_>) {
        let is_of_type = |e: &ValidationError<'_>| {
            matches!(e.kind(), ValidationErrorKind::Type { .. }) && e.instance_path().as_str() == at.as_str()
        };
        let all: Vec<String> = context.iter().flatten().flat_map(choices).collect();
        if all.len() >= context.len() {
            self.not_a_choice(at, error, &all);
        } else if context.iter().all(|errors| errors.iter().any(is_of_type)) {
            let mut expected: Vec<&str> = context.iter().flatten().filter_map(expected_type).collect();
            expected.dedup();
            self.wrong_type(at, &expected.join(" or "), error);
        } else if let Some(errors) = context.iter().max_by_key(|errors| {
            // The branch that went deepest is the one the writer meant.
            (!errors.iter().any(is_of_type), std::cmp::Reverse(errors.len()))
        }) {
            for error in errors {
                self.add(error);
            }
        }
    }

    fn not_a_choice(&mut self, at: &Pointer, error: &ValidationError<'_>, options: &[String]) {
        let found = plain(error.instance());
        let key = at.segments().last().unwrap_or_default();
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let close = did_you_mean(&found, options.iter().copied());
        let help = match (options.as_slice(), close) {
            ([only], _) => format!("write `{key}: {only}`"),
            (_, Some(close)) => format!("did you mean `{close}`? Accepted: {}", listed(&options, ", ")),
            (_, None) => format!("accepted: {}", listed(&options, ", ")),
        };
        let fix = close.map(Fix::text);
        let message = format!("`{key}` cannot be `{found}`");
        self.report(&codes::UNKNOWN_VALUE, at, Part::Value, message, help).fix = fix;
    }

    fn wrong_type(&mut self, at: &Pointer, expected: &str, error: &ValidationError<'_>) {
        let node = self.document.get(at);
        let value = node.map(Node::to_json).unwrap_or_default();
        let written = node.map(|node| self.document.source().slice(node.span)).unwrap_or_default();
        let is = |words: &[&str]| value.as_str().is_some_and(|text| words.contains(&text));
        let (help, fix) = match &value {
            Value::Number(_) | Value::Bool(_) if expected.contains("text") => {
                let quoted = format!("\"{written}\"");
                (format!("write it in quotes: {quoted}"), Some(quoted))
            }
            Value::String(_) if expected.contains("true or false") && is(&["yes", "on", "y", "Yes", "On"]) => {
                ("write `true`".to_owned(), Some("true".to_owned()))
            }
            Value::String(_) if expected.contains("true or false") && is(&["no", "off", "n", "No", "Off"]) => {
                ("write `false`".to_owned(), Some("false".to_owned()))
            }
            Value::String(text) if expected.contains("number") && text.parse::<f64>().is_ok() => {
                (format!("write it without quotes: {text}"), Some(text.clone()))
            }
            Value::String(text) if self.is_list_of_texts(error) && !written.contains('\n') => {
                let (Fix::Replace(item) | Fix::Insert(item)) = Fix::text(text);
                let list = format!("[{item}]");
                (format!("write `{}: {list}`", at.segments().last().unwrap_or_default()), Some(list))
            }
            _ if at.as_str().is_empty() => ("start with `version: 1`, or run `inngest-offload init`".to_owned(), None),
            _ => (format!("write {expected} here"), None),
        };
        let expected = if at.as_str().is_empty() { "a map of keys" } else { expected };
        let message = format!("{} must be {expected}, but is {}", name(at), shown(&value));
        self.report(&codes::WRONG_TYPE, at, Part::Value, message, help).fix = fix.map(Fix::Replace);
    }

    fn is_list_of_texts(&self, error: &ValidationError<'_>) -> bool {
        let items = self.owner(error).and_then(|owner| owner.get("items")).map(|items| self.resolved(items));
        items.is_some_and(|items| items.get("type").is_some_and(|kind| kind == "string"))
    }

    /// A text in another form than its place has.
    fn not_in_the_form(&mut self, at: &Pointer, error: &ValidationError<'_>) {
        let found = plain(error.instance());
        let owner = self.owner(error);
        let is_duration = owner.and_then(|owner| owner.get("pattern")) == Some(&Duration::PATTERN.into());
        if is_duration {
            let (help, fix) = duration_help(&found);
            self.report(&BAD_DURATION, at, Part::Value, format!("`{found}` is not a duration"), help).fix = fix;
            return;
        }
        let example = owner.and_then(|owner| owner.get("examples")?.get(0)).map(plain);
        let help = match example {
            Some(example) => format!("write a value like `{example}`"),
            None => "write it in the form that the language has".to_owned(),
        };
        let key = at.segments().last().unwrap_or_default();
        self.report(&codes::UNKNOWN_VALUE, at, Part::Value, format!("`{key}` cannot be `{found}`"), help);
    }

    fn out_of_bounds(&mut self, at: &Pointer, error: &ValidationError<'_>) {
        let is_condition =
            at.segments().any(|s| matches!(s.as_str(), "enabledWhen" | "configured" | "anyOf" | "allOf" | "not"));
        let found = plain(error.instance());
        let name = name(at);
        let (message, help) = match error.kind() {
            ValidationErrorKind::MinProperties { .. } | ValidationErrorKind::MaxProperties { .. } if is_condition => (
                "a condition has exactly one of `on`, `set`, `unset`, `allOf`, `anyOf`, `not`".to_owned(),
                "combine several with `allOf` or `anyOf`".to_owned(),
            ),
            ValidationErrorKind::MinLength { .. }
            | ValidationErrorKind::MinItems { .. }
            | ValidationErrorKind::MinProperties { .. } => {
                (format!("{name} is empty"), "give it a value, or remove the key".to_owned())
            }
            ValidationErrorKind::Minimum { .. } | ValidationErrorKind::Maximum { .. } => {
                let owner = self.owner(error);
                let bound = |key: &str| owner.and_then(|owner| owner.get(key)).map(plain).unwrap_or_default();
                let (least, most) = (bound("minimum"), bound("maximum"));
                (format!("{name} is {found}"), format!("write a number from {least} to {most}"))
            }
            ValidationErrorKind::ExclusiveMinimum { limit } => {
                (format!("{name} is {found}"), format!("write a number above {limit}"))
            }
            _ => (
                error.masked_with(name).to_string(),
                format!("the values of each key: {}", docs("language-reference.md")),
            ),
        };
        self.report(&codes::OUT_OF_RANGE, at, Part::Value, message, help);
    }

    fn described(&self, error: &ValidationError<'_>, property: &str) -> String {
        self.owner(error)
            .and_then(|owner| owner.get("properties")?.get(property)?.get("description")?.as_str())
            .map(|text| format!(" ({})", text.trim_end_matches('.').replace('\n', " ")))
            .unwrap_or_default()
    }

    /// The schema object that holds the keyword an error names, following `$ref`.
    fn owner(&self, error: &ValidationError<'_>) -> Option<&Value> {
        let mut node = self.schema;
        let segments: Vec<String> = Pointer::parse(error.evaluation_path().as_str()).segments().collect();
        for segment in &segments[..segments.len().saturating_sub(1)] {
            if segment == "$ref" {
                node = self.schema.pointer(node.get("$ref")?.as_str()?.strip_prefix('#')?)?;
            } else {
                node = match node {
                    Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
                    other => other.get(segment)?,
                };
            }
        }
        Some(node)
    }
}

fn properties(schema: &Value) -> Option<&Map<String, Value>> {
    schema.get("properties")?.as_object()
}

/// How the value at a place is called.
fn name(at: &Pointer) -> String {
    at.segments().last().map_or_else(|| "the spec".to_owned(), |key| format!("`{key}`"))
}

/// The values that an error would have let pass.
fn choices(error: &ValidationError<'_>) -> Vec<String> {
    match error.kind() {
        ValidationErrorKind::Constant { expected_value } => vec![plain(expected_value)],
        ValidationErrorKind::Enum { options } => options.as_array().into_iter().flatten().map(plain).collect(),
        _ => Vec::new(),
    }
}

fn expected_type(error: &ValidationError<'_>) -> Option<&'static str> {
    let ValidationErrorKind::Type { kind } = error.kind() else { return None };
    let name = |t: JsonType| match t {
        JsonType::Array => "a list",
        JsonType::Boolean => "true or false",
        JsonType::Integer => "a whole number",
        JsonType::Null => "nothing",
        JsonType::Number => "a number",
        JsonType::Object => "a map",
        JsonType::String => "text",
    };
    match kind {
        TypeKind::Single(t) => Some(name(*t)),
        TypeKind::Multiple(set) => set.iter().next().map(name),
    }
}

/// What a value is, in words.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(b) => format!("`{b}`"),
        Value::Number(n) => format!("the number `{n}`"),
        Value::String(s) if s.chars().count() <= 40 => format!("the text `{s}`"),
        Value::String(_) => "a text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a map".into(),
    }
}

/// The value as a person writes it in YAML.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Names in backticks.
fn listed(names: &[&str], between: &str) -> String {
    names.iter().enumerate().fold(String::new(), |mut all, (index, name)| {
        let _ = write!(all, "{}`{name}`", if index > 0 { between } else { "" });
        all
    })
}
