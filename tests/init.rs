//! `init --app` on applications: the spec that it writes is a golden under `tests/init`, `check` reports
//! nothing on it but what is left to decide, and of our own applications it recovers what their
//! hand-written contract claims. `CASE=` runs some of them.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod examples;
mod overlay;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use examples::{Files, findings_in};
use inngest_offload::compile::compile;
use inngest_offload::diagnostic::Diagnostic;
use inngest_offload::init::describe;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Files after lines `=== path`, as those of the example application.
fn sections(text: &str) -> Files {
    let sections = format!("\n{text}");
    let sections = sections.split("\n=== ").skip(1).map(|section| {
        let (path, text) = section.split_once('\n').expect("a path and a text");
        (path.to_owned(), format!("{}\n", text.trim_end()))
    });
    sections.collect()
}

fn folder(path: &Path) -> Files {
    fn walk(root: &Path, folder: &Path, into: &mut Files) {
        for entry in fs::read_dir(folder).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                walk(root, &path, into);
            } else {
                let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
                into.insert(name, fs::read_to_string(&path).expect("text"));
            }
        }
    }
    let mut files = Files::new();
    walk(path, path, &mut files);
    files
}

/// Every case: its name, and its application.
fn cases() -> Vec<(String, Files)> {
    let conform = |app: &str| (app.to_owned(), folder(&root().join("conform/apps").join(app)));
    let mut cases = vec![conform("inline"), conform("layered"), ("example".to_owned(), examples::application())];
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join("init")).expect("cases").flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "txt")) {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        cases.push((name, sections(&fs::read_to_string(path).expect("text"))));
    }
    let wanted = std::env::var("CASE").ok();
    cases.retain(|(name, _)| wanted.as_ref().is_none_or(|wanted| name.contains(wanted.as_str())));
    cases
}

/// The spec of an application; a file whose text is `<unreadable>` cannot be read.
fn described(name: &str, files: &Files) -> Option<String> {
    let read = |paths: &[String]| {
        let one = |path: &String| files.get(path).filter(|text| text.trim() != "<unreadable>");
        paths.iter().map(|path| one(path).map(|text| text.clone().into_bytes())).collect()
    };
    let names: BTreeSet<String> = files.keys().cloned().collect();
    describe(name, "spec/inngest-offload.yaml", &names, &read).expect("threads").map(|described| described.text)
}

fn shown(found: &[Diagnostic]) -> String {
    let lines = found.iter().map(|d| format!("    {} {}: {}", d.location, d.rule.id, d.message));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn applications_are_described_and_what_is_open_is_all_that_check_reports() {
    let mut faults = Vec::new();
    for (name, files) in cases() {
        let golden = root().join("init").join(format!("{name}.yaml"));
        let Some(text) = described(&name, &files) else {
            if golden.exists() {
                faults.push(format!("{name}: nothing is described any more"));
            }
            continue;
        };
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &text).expect("written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != text {
            faults.push(format!("{name}: tests/init/{name}.yaml is another text now; UPDATE=1 renews it\n{text}"));
        }
        let others: Vec<Diagnostic> =
            findings_in(text.into_bytes(), &files).into_iter().filter(|d| d.rule.id != "undecided").collect();
        if !others.is_empty() {
            faults.push(format!("{name}: `check` reports more than what is open:\n{}", shown(&others)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
