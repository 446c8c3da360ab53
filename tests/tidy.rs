//! What the house promises about its own text: one test a promise.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.ends_with("node_modules") || path.ends_with("target") {
                // What npm installed and cargo built is not ours.
            } else if path.is_dir() {
                walk(&path, ending, into);
            } else if path.to_string_lossy().ends_with(ending) {
                into.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), ending, &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "nothing found in {folder}");
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).expect("text"))).collect()
}

/// Every file of Rust but the targets of cargo-fuzz, which are one line each.
fn ours() -> impl Iterator<Item = (PathBuf, String)> {
    ["src", "tests", "fuzz/src"].into_iter().flat_map(|folder| files(folder, ".rs"))
}

#[test]
fn every_module_says_what_it_is_for() {
    for (path, text) in ours() {
        assert!(text.starts_with("//! "), "{} does not begin with `//!`", path.display());
    }
}

#[test]
fn no_file_outgrows_a_reader() {
    for (path, text) in ours() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines: split it by concept", path.display());
    }
}

#[test]
fn modules_are_named_for_what_they_hold() {
    for (path, _) in files("src", ".rs") {
        let name = path.file_stem().expect("name").to_string_lossy().into_owned();
        let vague = ["util", "utils", "helper", "helpers", "manager", "common", "misc"];
        assert!(!vague.contains(&name.as_str()), "{} says nothing by its name", path.display());
    }
}

#[test]
fn every_template_is_compiled_in() {
    let known: Vec<&str> = inngest_offload::emit::Templates::list().map(|template| template.name).collect();
    for (path, _) in files("templates", ".j2") {
        let path = path.to_string_lossy().replace('\\', "/");
        assert!(known.iter().any(|name| path.ends_with(&format!("templates/{name}"))), "{path} is not compiled in");
    }
}

#[test]
fn every_rule_over_code_is_a_file_of_its_name() {
    for (path, text) in files("src/conform/rules", ".rs") {
        let id = path.file_stem().expect("name").to_string_lossy().replace('_', "-");
        assert!(text.contains(&format!("id: \"{id}\"")), "{} is not the rule `{id}`", path.display());
    }
}

#[test]
fn what_is_seen_knows_nothing_of_what_is_right() {
    for layer in ["src/conform/machine", "src/conform/observe", "src/conform/names"] {
        for (path, text) in files(layer, ".rs") {
            for above in ["::rules::", "::evidence::", "::facts::"] {
                assert!(!text.contains(above), "{} uses `{above}`, which stands above it", path.display());
            }
        }
    }
}
