//! Document → Spec, and the JSON Schema of the language.
//!
//! The typed load is the fast path and decides. Only when it refuses, the JSON Schema says
//! everything that is wrong at once, with the places of the document.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, ValidationError, Validator};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value;

use super::{Spec, codes};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{Document, MAX_WHOLE, Part};
use crate::pointer::Pointer;
use crate::suggest::did_you_mean;

/// Gives the values of a document their types.
///
/// # Errors
/// Every key that the language does not have and every value of a wrong type, each with its place.
pub fn load(document: &Document) -> Result<Spec, Vec<Diagnostic>> {
    match serde_yaml::from_value::<Spec>(document.root().to_yaml()) {
        Ok(spec) => Ok(spec),
        Err(error) => {
            let faults = faults(document);
            if faults.is_empty() {
                let location = document.locate(&Pointer::root(), Part::Value);
                let help = "compare the spec with spec/inngest-offload.schema.json";
                return Err(vec![Diagnostic::new(&codes::WRONG_TYPE, location, error.to_string(), help)]);
            }
            Err(faults)
        }
    }
}

/// The JSON Schema (draft 2020-12) of the language.
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12();
    let mut schema = settings.into_generator().into_root_schema_for::<Spec>();
    RecursiveTransform(|schema: &mut schemars::Schema| {
        let Some(object) = schema.as_object_mut() else { return };
        // `uint64` and `double` are no formats of JSON Schema.
        if object
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|f| f.starts_with("uint") || f.starts_with("int") || f == "double")
        {
            object.remove("format");
            if object.get("minimum") == Some(&Value::from(0)) && object.len() == 2 {
                object.insert("minimum".into(), 0.into());
            }
        }
        // The document refuses whole numbers that JavaScript does not have.
        let whole = object.get("type").is_some_and(|kind| *kind == "integer" || kind[0] == "integer");
        if whole && !object.contains_key("const") && !object.contains_key("enum") {
            object.entry("minimum").or_insert_with(|| (-MAX_WHOLE.cast_signed()).into());
            object.entry("maximum").or_insert_with(|| MAX_WHOLE.into());
        }
        // The document refuses null: an absent key is absent.
        if let Some(Value::Array(types)) = object.get("type") {
            let rest: Vec<Value> = types.iter().filter(|t| *t != "null").cloned().collect();
            if rest.len() == 1 {
                object.insert("type".into(), rest[0].clone());
            }
        }
        if let Some(Value::Array(branches)) = object.get("anyOf") {
            let rest: Vec<Value> = branches.iter().filter(|b| b["type"] != "null").cloned().collect();
            if rest.len() == 1 && branches.len() == 2 {
                object.remove("anyOf");
                if let Value::Object(only) = &rest[0] {
                    for (key, value) in only {
                        object.entry(key.clone()).or_insert_with(|| value.clone());
                    }
                }
            }
        }
    })
    .transform(&mut schema);
    let mut value = schema.to_value();
    if let Some(object) = value.as_object_mut() {
        object.insert(
            "description".into(),
            "The contract of an offload: which routes of a Next.js application run as durable Inngest functions."
                .into(),
        );
    }
    value
}

fn faults(document: &Document) -> Vec<Diagnostic> {
    // Made once: an editor and `--watch` come here with every text that is half typed.
    static LANGUAGE: LazyLock<(Value, Option<Validator>)> = LazyLock::new(|| {
        let schema = schema();
        let validator = jsonschema::draft202012::new(&schema).ok();
        (schema, validator)
    });
    let (schema, validator) = &*LANGUAGE;
    let instance = document.root().to_json();
    let mut out = Vec::new();
    for error in validator.iter().flat_map(|validator| validator.iter_errors(&instance)) {
        explain(document, schema, &error, &mut out);
    }
    out
}

fn explain(document: &Document, schema: &Value, error: &ValidationError<'_>, out: &mut Vec<Diagnostic>) {
    let at = Pointer::parse(error.instance_path().as_str());
    let name = at.segments().last().unwrap_or_else(|| "the spec".into());
    let here = |part| document.locate(&at, part);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let known = siblings(schema, error);
            for key in unexpected {
                let close = did_you_mean(key, known.iter().map(String::as_str));
                let help = match close {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => format!(
                        "known keys here: {}",
                        known.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")
                    ),
                };
                let location = document.locate(&at.key(key), Part::Key);
                let message = format!("the language has no key `{key}` here");
                let finding = Diagnostic::new(&codes::UNKNOWN_KEY, location, message, help);
                out.push(finding.fixed_by(close.map(Fix::text)));
            }
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            let owner = if at.as_str().is_empty() { "the spec".into() } else { format!("`{name}`") };
            let help = format!("add `{property}: …`{}", describe(schema, error, property));
            let message = format!("{owner} has no `{property}`");
            let finding = Diagnostic::new(&codes::MISSING_KEY, here(Part::Key), message, help);
            out.push(finding.fixed_by(Some(Fix::Insert(property.to_owned()))));
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            // The branch that went deepest is the one the writer meant.
            let branch = context.iter().max_by_key(|errors| {
                let same_type = errors.iter().all(|e| {
                    !(matches!(e.kind(), ValidationErrorKind::Type { .. }) && e.instance_path().as_str() == at.as_str())
                });
                (same_type, std::cmp::Reverse(errors.len()))
            });
            let wrong_type = |errors: &Vec<ValidationError<'static>>| {
                errors.iter().any(|e| {
                    matches!(e.kind(), ValidationErrorKind::Type { .. }) && e.instance_path().as_str() == at.as_str()
                })
            };
            let choices: Vec<String> = context.iter().flatten().flat_map(choices).collect();
            if choices.len() >= context.len() {
                one_of(document, &at, error, &choices, out);
            } else if context.iter().all(wrong_type) {
                let mut expected: Vec<&str> = context.iter().flatten().filter_map(expected_type).collect();
                expected.dedup();
                wrong_value(document, &at, &expected.join(" or "), out);
            } else if let Some(errors) = branch {
                for error in errors {
                    explain(document, schema, error, out);
                }
            }
        }
        ValidationErrorKind::Type { .. } => {
            wrong_value(document, &at, expected_type(error).unwrap_or("another type"), out);
        }
        ValidationErrorKind::Enum { options } => {
            let options: Vec<String> = options.as_array().into_iter().flatten().map(plain).collect();
            one_of(document, &at, error, &options, out);
        }
        ValidationErrorKind::Constant { expected_value } => one_of(document, &at, error, &[plain(expected_value)], out),
        ValidationErrorKind::MinProperties { .. } | ValidationErrorKind::MaxProperties { .. } if is_condition(&at) => {
            out.push(Diagnostic::new(
                &codes::OUT_OF_RANGE,
                here(Part::Value),
                "a condition has exactly one of `on`, `set`, `unset`, `allOf`, `anyOf`, `not`",
                "combine several with `allOf` or `anyOf`",
            ));
        }
        _ => {
            let text = error.masked_with(format!("`{name}`")).to_string();
            out.push(Diagnostic::new(
                &codes::OUT_OF_RANGE,
                here(Part::Value),
                text,
                "choose a value inside the bounds of the language",
            ));
        }
    }
}

/// The values that an error would have let pass.
fn choices(error: &ValidationError<'_>) -> Vec<String> {
    match error.kind() {
        ValidationErrorKind::Constant { expected_value } => vec![plain(expected_value)],
        ValidationErrorKind::Enum { options } => options.as_array().into_iter().flatten().map(plain).collect(),
        _ => Vec::new(),
    }
}

fn is_condition(at: &Pointer) -> bool {
    at.segments().any(|s| matches!(s.as_str(), "enabledWhen" | "configured" | "anyOf" | "allOf" | "not"))
}

fn one_of(
    document: &Document,
    at: &Pointer,
    error: &ValidationError<'_>,
    options: &[String],
    out: &mut Vec<Diagnostic>,
) {
    let found = plain(error.instance());
    let name = at.segments().last().unwrap_or_default();
    let list = options.iter().map(|o| format!("`{o}`")).collect::<Vec<_>>().join(", ");
    let close = did_you_mean(&found, options.iter().map(String::as_str));
    let help = match close {
        Some(close) => format!("did you mean `{close}`? Accepted: {list}"),
        None => format!("accepted: {list}"),
    };
    let message = format!("`{name}` cannot be `{found}`");
    let finding = Diagnostic::new(&codes::UNKNOWN_VALUE, document.locate(at, Part::Value), message, help);
    out.push(finding.fixed_by(close.map(Fix::text)));
}

fn wrong_value(document: &Document, at: &Pointer, expected: &str, out: &mut Vec<Diagnostic>) {
    let node = document.get(at);
    let value = node.map(crate::document::Node::to_json).unwrap_or_default();
    let found = match &value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(b) => format!("the truth value `{b}`"),
        Value::Number(n) => format!("the number `{n}`"),
        Value::String(s) if s.chars().count() <= 40 => format!("the text `{s}`"),
        Value::String(_) => "a text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a map".into(),
    };
    let written = node.map(|node| document.source().slice(node.span)).unwrap_or_default();
    let mut fix = None;
    let mut write = |yaml: String| fix = Some(yaml);
    let help = match &value {
        Value::Number(_) | Value::Bool(_) if expected.contains("text") => {
            write(format!("\"{written}\""));
            format!("write it in quotes: \"{written}\"")
        }
        Value::String(s)
            if expected.contains("true or false") && matches!(s.as_str(), "yes" | "on" | "y" | "Yes" | "On") =>
        {
            write("true".into());
            "write `true`".into()
        }
        Value::String(s)
            if expected.contains("true or false") && matches!(s.as_str(), "no" | "off" | "n" | "No" | "Off") =>
        {
            write("false".into());
            "write `false`".into()
        }
        Value::String(s) if expected.contains("number") && s.parse::<f64>().is_ok() => {
            write(s.clone());
            format!("write it without quotes: {s}")
        }
        _ => format!("write {expected} here"),
    };
    let message = match at.segments().last() {
        Some(name) => format!("`{name}` is {expected}; this is {found}"),
        None => format!("the spec is {expected}; this is {found}"),
    };
    let finding = Diagnostic::new(&codes::WRONG_TYPE, document.locate(at, Part::Value), message, help);
    out.push(finding.fixed_by(fix.map(Fix::Replace)));
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

/// The value as a person writes it in YAML.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The properties of the object schema that an error arose in.
fn siblings(schema: &Value, error: &ValidationError<'_>) -> BTreeSet<String> {
    owner(schema, error)
        .and_then(|owner| owner.get("properties")?.as_object())
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default()
}

fn describe(schema: &Value, error: &ValidationError<'_>, property: &str) -> String {
    owner(schema, error)
        .and_then(|owner| owner.get("properties")?.get(property)?.get("description")?.as_str())
        .map(|text| format!(" ({})", text.trim_end_matches('.').replace('\n', " ")))
        .unwrap_or_default()
}

/// The schema object that holds the keyword an error names, following `$ref`.
fn owner<'s>(schema: &'s Value, error: &ValidationError<'_>) -> Option<&'s Value> {
    let path = error.evaluation_path().as_str();
    let mut node = schema;
    let segments: Vec<String> = Pointer::parse(path).segments().collect();
    for segment in &segments[..segments.len().saturating_sub(1)] {
        if segment == "$ref" {
            let target = node.get("$ref")?.as_str()?.strip_prefix('#')?;
            node = schema.pointer(target)?;
        } else {
            node = match node {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
                other => other.get(segment)?,
            };
        }
    }
    Some(node)
}
