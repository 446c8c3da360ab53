//! Document → Spec, and the JSON Schema of the language.
//!
//! The typed load is the fast path and decides. Only when it refuses, the JSON Schema says
//! everything that is wrong at once, with the places of the document.

mod explain;

use std::sync::LazyLock;

use jsonschema::Validator;
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::Value;

use super::{Spec, codes};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, MAX_WHOLE, Part};
use crate::pointer::Pointer;

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
    let mut explained = explain::Explained { document, schema, out: Vec::new() };
    for error in validator.iter().flat_map(|validator| validator.iter_errors(&instance)) {
        explained.add(&error);
    }
    explained.out
}
