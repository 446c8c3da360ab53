//! This repository is its own first user: nothing that the code writes here has drifted.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use inngest_offload::{diagnostic, emit, reference, spec};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A committed file is what the code writes today; `UPDATE=1` renews it.
fn current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().expect("folder")).expect("folder");
        fs::write(&file, text).expect("file");
        return;
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == text, "{path} is not current: run `UPDATE=1 cargo test --test self_check`");
}

#[test]
fn the_schema_of_the_language_is_current() {
    let schema = spec::schema();
    jsonschema::meta::validate(&schema).expect("a schema of draft 2020-12");
    current("spec/inngest-offload.schema.json", &emit::json::print(&schema));
}

#[test]
fn every_property_of_the_language_is_described() {
    let missing = reference::undescribed(&spec::schema());
    assert!(missing.is_empty(), "without description: {missing:?}");
}

#[test]
fn the_pages_of_rules_and_keys_are_current() {
    current("docs/rules.md", &reference::rules());
    current("docs/language-reference.md", &reference::language(&spec::schema()));
}

#[test]
fn the_page_of_reports_and_their_schema_are_current() {
    current("docs/reports.md", &reference::reports().expect("memory takes it"));
    current("docs/diff.md", &reference::changes().expect("memory"));
    let schema = diagnostic::json::schema();
    jsonschema::meta::validate(&schema).expect("a schema of draft 2020-12");
    current("docs/report.schema.json", &emit::json::print(&schema));
}

#[test]
fn the_page_of_templates_is_current_and_says_something_of_everything() {
    let silent = reference::undescribed_views();
    assert!(silent.is_empty(), "without a word: {silent:?}");
    current("docs/templates.md", &reference::templates());
}

#[test]
fn our_own_contract_has_no_finding_and_no_drift() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_inngest-offload")).arg("check").current_dir(root()).output().expect("runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{printed}");
}

#[test]
fn our_own_contract_has_the_shape_that_editors_are_told() {
    let text = fs::read_to_string(root().join("spec/inngest-offload.yaml")).expect("the spec");
    assert!(
        text.starts_with("# yaml-language-server: $schema=./inngest-offload.schema.json\n"),
        "the modeline is gone"
    );
    let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    let schema = spec::schema();
    let validator = jsonschema::draft202012::new(&schema).expect("a schema");
    let faults: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?}");
}
