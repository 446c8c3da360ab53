//! The generated schemas are sound: each compiles by itself, accepts its own examples and refuses
//! what the contract rules out; `contract.json` fits the schema beside it.

use inngest_offload::compile::compile;
use inngest_offload::emit::{Emission, Templates, emit};
use serde_json::{Value, json};

const SPEC: &str = include_str!("../spec/inngest-offload.yaml");
/// Every option of the language, and names that are hard to hold.
const EVERYTHING: &str = include_str!("cases/everything/spec.yaml");

#[test]
fn every_schema_accepts_its_examples() {
    let mut examples = 0;
    for (path, schema) in schemas(SPEC).into_iter().chain(schemas(EVERYTHING)) {
        let validator = jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{path}: {error}"));
        for example in schema["examples"].as_array().into_iter().flatten() {
            examples += 1;
            if let Err(error) = validator.validate(example) {
                panic!("{path}: {error}: {example}");
            }
        }
    }
    assert!(examples > 40, "only {examples} examples");
}

#[test]
fn every_schema_says_what_it_is_of_and_shows_it() {
    for (path, schema) in schemas(SPEC).into_iter().chain(schemas(EVERYTHING)) {
        for key in ["$schema", "$id", "title", "description"] {
            assert!(schema[key].as_str().is_some_and(|text| !text.trim().is_empty()), "{path} has no {key}");
        }
        // The example of a contract lies beside its schema, as `contract.json`.
        let shown = schema["examples"].as_array().is_some_and(|list| !list.is_empty());
        assert!(shown || path.ends_with("/contract.schema.json"), "{path} has no example");
    }
}

#[test]
fn contract_json_fits_its_schema() {
    let (path, contract) =
        outputs(SPEC).into_iter().find(|(path, _)| path.ends_with("/contract.json")).expect("it is emitted");
    let (_, schema) =
        schemas(SPEC).into_iter().find(|(path, _)| path.ends_with("/contract.schema.json")).expect("it is emitted");
    assert!(contract.get("$comment").is_some(), "{path} carries its seal");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema compiles");
    if let Err(error) = validator.validate(&contract) {
        panic!("{error}");
    }
}

#[test]
fn parameters_are_in_the_events_of_offloads_that_declare_them() {
    let schema = |event: &str| {
        let end = format!("events/cron.{event}.requested.schema.json");
        let (_, schema) = schemas(SPEC).into_iter().find(|(path, _)| path.ends_with(&end)).expect("it is emitted");
        schema
    };
    let with = schema("appointment-reconcile");
    let allowed = with.pointer("/properties/params/properties").and_then(Value::as_object).expect("it has parameters");
    let names: Vec<&String> = allowed.keys().collect();
    assert_eq!(names, ["workspaceLimit", "leadsPerWorkspace", "staleDays", "clientId", "dryRun"]);
    let refuses = |schema: &Value, data: &Value| !jsonschema::draft202012::is_valid(schema, data);
    let mut data = with.pointer("/examples/1").cloned().expect("it has an example with parameters");
    assert!(!refuses(&with, &data));
    data["params"]["other"] = json!("1");
    assert!(refuses(&with, &data), "other parameters are refused");
    let without = schema("followups");
    assert!(without.pointer("/properties/params").is_none());
    let mut data = without.pointer("/examples/0").cloned().expect("it has an example");
    data["params"] = json!({});
    assert!(refuses(&without, &data), "an event of an offload without parameters has none");
}

#[test]
fn no_two_schemas_share_an_id() {
    let mut ids: Vec<String> = schemas(EVERYTHING).iter().map(|(_, schema)| schema["$id"].to_string()).collect();
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

fn outputs(spec: &str) -> Vec<(String, Value)> {
    let compiled =
        compile("spec.yaml", spec.as_bytes().to_vec()).unwrap_or_else(|found| panic!("{}", found[0].message));
    let templates = Templates::built_in().expect("the templates are sound");
    let emission = Emission { contract: &compiled.contract, spec: "spec.yaml", templates: &templates };
    let artifacts = emit(&emission).unwrap_or_else(|error| panic!("{error}"));
    let json = artifacts.into_iter().filter(|artifact| artifact.path.as_str().ends_with(".json"));
    json.map(|artifact| (artifact.path.to_string(), serde_json::from_str(&artifact.text).expect("it is JSON")))
        .collect()
}

fn schemas(spec: &str) -> Vec<(String, Value)> {
    outputs(spec).into_iter().filter(|(path, _)| path.ends_with(".schema.json")).collect()
}
