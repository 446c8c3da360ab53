//! The examples of the rules as specs, and as applications.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::BTreeMap;

use inngest_offload::compile::compile;
use inngest_offload::conform::conform;
use inngest_offload::diagnostic::Diagnostic;
use inngest_offload::rule::{APPLICATION, APPLICATION_SPEC, BASE, Edit, Example};
use serde_yaml::Value;

use crate::overlay::laid_over;

/// The spec of an example; `None` when files show it, not a spec.
pub(crate) fn bytes(example: Example) -> Option<Vec<u8>> {
    match example {
        Example::Whole(text) => Some(text.as_bytes().to_vec()),
        Example::Bytes(make) => Some(make()),
        Example::Files(_) | Example::Change { .. } | Example::Code { .. } => None,
        Example::Over(patch) => {
            let base: Value = serde_yaml::from_str(BASE).expect("the base is YAML");
            let patch: Value = serde_yaml::from_str(patch).unwrap_or_else(|e| panic!("{e}: {patch}"));
            Some(serde_yaml::to_string(&laid_over(&base, patch)).expect("a value is YAML").into_bytes())
        }
    }
}

/// An application: texts by path.
pub(crate) type Files = BTreeMap<String, String>;

/// The example application.
pub(crate) fn application() -> Files {
    let mut files = Files::new();
    for section in format!("\n{APPLICATION}").split("\n=== ").skip(1) {
        let (path, text) = section.split_once('\n').expect("a path and a text");
        let text = &format!("{text}\n");
        files.insert(path.to_owned(), text.clone());
    }
    files
}

/// Spec and application of an example of code.
pub(crate) fn code(spec: &str, edits: &[Edit]) -> (Vec<u8>, Files) {
    let mut base: Value = serde_yaml::from_str(BASE).expect("the base is YAML");
    for patch in [APPLICATION_SPEC, spec] {
        base = laid_over(&base, serde_yaml::from_str(patch).unwrap_or_else(|e| panic!("{e}: {patch}")));
    }
    let mut files = application();
    for edit in edits {
        match edit {
            Edit::Replace(path, old, new) => {
                let text = files.get_mut(*path).unwrap_or_else(|| panic!("no file {path}"));
                assert_eq!(text.matches(old).count(), 1, "{path} has this not once: {old}");
                *text = text.replace(old, new);
            }
            Edit::Write(path, text) => {
                files.insert((*path).to_owned(), (*text).to_owned());
            }
            Edit::Remove(path) => {
                files.remove(*path).unwrap_or_else(|| panic!("no file {path}"));
            }
        }
    }
    (serde_yaml::to_string(&base).expect("a value is YAML").into_bytes(), files)
}

/// What is found in a spec and an application.
pub(crate) fn findings_in(spec: Vec<u8>, files: &Files) -> Vec<Diagnostic> {
    let compiled = match compile("spec.yaml", spec) {
        Ok(compiled) => compiled,
        Err(found) => return found,
    };
    let read =
        |paths: &[String]| paths.iter().map(|path| files.get(path).map(|text| text.clone().into_bytes())).collect();
    let names = files.keys().cloned().collect();
    let code = conform(&compiled.document, &compiled.contract, names, &read).expect("threads");
    compiled.findings.into_iter().chain(code).collect()
}
