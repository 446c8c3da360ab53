//! The typed load and the JSON Schema of the language agree: what one refuses, the other refuses.
//!
//! Editors show what the schema says, builds do what the typed load says. Every value of a spec that
//! uses the whole language is replaced by others, or gets a key that nothing knows; no answer may
//! differ.

use std::collections::HashSet;
use std::sync::Arc;

use inngest_offload::compile::compile;
use inngest_offload::document::Document;
use inngest_offload::source::Source;
use inngest_offload::spec::{self, Spec};
use serde_json::{Map, Value, json};

const EVERYTHING: &str = include_str!("cases/everything/spec.yaml");
const GATES: &str = "
gates:
  variables: { list: docs/cases.json, tenant: { ask: Which tenant? } }
  run: [npm test]
  fallback: { when: { missing: \"{list}\" }, run: [npm test] }
  report: [artifact path]
";

/// One value of each kind, and those that readers take for another kind.
fn strangers() -> Vec<Value> {
    vec![
        json!(true),
        json!(-1),
        json!(3.0),
        json!(2.5),
        json!(1e30),
        json!(9_007_199_254_740_991_i64),
        json!(9_007_199_254_740_993_i64),
        json!(""),
        json!("3"),
        json!("cron"),
        json!([]),
        json!(["a"]),
        json!([1]),
        json!([["a", 1]]),
        json!(["a", 1, 2, 3, { "evidence": "a", "reason": "b" }]),
        json!([1, ["a", "b"]]),
        json!({}),
        json!({ "x": "a" }),
        json!({ "limit": [1, ["a", "b"]] }),
    ]
}

#[test]
fn schema_and_typed_load_agree() {
    let schema = jsonschema::draft202012::new(&spec::schema()).expect("the schema is one");
    let whole: Value = serde_yaml::from_str(&[EVERYTHING, GATES].concat()).expect("a spec");
    let (mut seen, mut faults) = (HashSet::new(), Vec::new());
    for at in pointers(&whole) {
        // One of each kind of place is enough.
        if !seen.insert(kind_of_place(&at)) {
            continue;
        }
        let part = part_around(&whole, &at);
        let replaced = strangers().into_iter().map(|value| {
            let mut mutant = part.clone();
            *mutant.pointer_mut(&at).expect("the place is there") = value;
            mutant
        });
        let mut extended = part.clone();
        if let Some(Value::Object(map)) = extended.pointer_mut(&at) {
            map.insert("unknown".into(), json!("a"));
        }
        for mutant in replaced.chain([extended]) {
            if let Some(fault) = disagreement(&schema, &mutant) {
                faults.push(format!("{at}: {:?}: {fault}", mutant.pointer(&at)));
            }
        }
    }
    assert!(seen.len() > 200, "only {} kinds of places", seen.len());
    assert!(faults.is_empty(), "{} disagreements:\n{}", faults.len(), faults.join("\n"));
}

/// What schema and typed load answer differently about a spec.
fn disagreement(schema: &jsonschema::Validator, spec: &Value) -> Option<String> {
    let text = serde_json::to_string_pretty(spec).expect("JSON");
    let source = Source::from_bytes("spec.yaml", text.clone().into_bytes()).ok()?;
    // What the document refuses, neither of the two sees.
    let document = Document::parse(Arc::new(source)).ok()?;
    let valid = schema.is_valid(&document.root().to_json());
    let typed = serde_yaml::from_value::<Spec>(document.root().to_yaml());
    match (valid, typed) {
        (true, Err(error)) => Some(format!("the schema accepts it, the typed load says: {error}")),
        // What the typed load lets pass, a later stage refuses.
        (false, Ok(_)) if compile("spec.yaml", text.into_bytes()).is_ok() => {
            Some("the schema refuses it, the compiler accepts it".to_owned())
        }
        _ => None,
    }
}

/// A pointer with what may be called as one likes, and what is in lists, made alike.
fn kind_of_place(at: &str) -> String {
    let mut kind = String::new();
    let mut above = "";
    for segment in at.split('/').skip(1) {
        let named = matches!(above, "offloads" | "payloads" | "events" | "declared" | "fields" | "variables");
        let alike = named || segment.parse::<usize>().is_ok();
        kind.push('/');
        kind.push_str(if alike { "*" } else { segment });
        above = if named { "" } else { segment };
    }
    kind
}

/// The part of a spec that a pointer leads into, with what every spec must have.
fn part_around(whole: &Value, at: &str) -> Value {
    let mut segments = at.split('/').skip(1);
    let (section, entry) = (segments.next().unwrap_or_default(), segments.next());
    let mut part = Map::new();
    for required in ["version", "name"] {
        part.insert(required.into(), whole[required].clone());
    }
    part.insert("offloads".into(), json!({ "old": whole["offloads"]["old"] }));
    let value = match entry {
        Some(entry) if matches!(section, "offloads" | "payloads") => {
            let entry = entry.replace("~1", "/").replace("~0", "~");
            let value = whole[section][&entry].clone();
            json!({ entry: value })
        }
        _ => whole[section].clone(),
    };
    part.insert(section.into(), value);
    Value::Object(part)
}

/// Pointers to every value inside a value.
fn pointers(value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, v)| (key.replace('~', "~0").replace('/', "~1"), v)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(at, v)| (at.to_string(), v)).collect(),
        _ => Vec::new(),
    };
    let inside = |(key, child): (String, &Value)| {
        let deeper = pointers(child).into_iter().map(|inner| format!("/{key}{inner}")).collect::<Vec<_>>();
        [vec![format!("/{key}")], deeper].concat()
    };
    children.into_iter().flat_map(inside).collect()
}
