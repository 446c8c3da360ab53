//! Code against the contract, on two applications that agree with our own one.
//!
//! `tests/conform/apps/*` have no finding; `tests/conform/agree/*.yaml` change how they are written and
//! have none either; `tests/conform/mutants/*.yaml` change what they do, and each is found by the rule
//! that it names, and by those under `also`, no more and no fewer. `MUTANT=` with a name, a rule or a
//! file's name runs some of them.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod examples;
mod overlay;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use examples::{Files, findings_in};
use inngest_offload::conform::RULES;
use inngest_offload::diagnostic::Diagnostic;
use rayon::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    name: String,
    app: String,
    file: Option<String>,
    old: Option<String>,
    new: Option<String>,
    #[serde(default)]
    edits: Vec<Replacement>,
    #[serde(default)]
    remove: Option<OneOrMany<String>>,
    #[serde(default)]
    write: Option<OneOrMany<Written>>,
    rule: String,
    /// Rules that tell of it as well: it breaks what they hold too.
    #[serde(default)]
    also: Vec<String>,
    /// Words that stand in what is told, each in one line: the place, the rule, what is wrong and what to do.
    #[serde(default)]
    says: Option<OneOrMany<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMany<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> From<OneOrMany<T>> for Vec<T> {
    fn from(all: OneOrMany<T>) -> Self {
        match all {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    file: String,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    file: String,
    old: String,
    new: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conform")
}

fn application(name: &str) -> Files {
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
    let folder = root().join("apps").join(name);
    let mut files = Files::new();
    walk(&folder, &folder, &mut files);
    files
}

fn spec() -> Vec<u8> {
    fs::read(root().join("spec.yaml")).expect("the spec")
}

fn changes(folder: &str) -> Vec<Change> {
    let wanted = std::env::var("MUTANT").ok();
    let mut all = Vec::new();
    let entries = fs::read_dir(root().join(folder)).expect("folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).expect("text");
        let some: Vec<Change> = serde_yaml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let family = path.file_stem().expect("name").to_string_lossy().into_owned();
        all.extend(some.into_iter().filter(|change| {
            wanted.as_ref().is_none_or(|w| *w == family || *w == change.rule || change.name.contains(w.as_str()))
        }));
    }
    all
}

/// Applies a change; gives its name, its rule and the rules that tell as well.
fn apply(change: Change, files: &mut Files) -> (String, String, Vec<String>) {
    let Change { name, file, old, new, edits, remove, write, rule, also, .. } = change;
    let mut edits = edits;
    if let (Some(file), Some(old), Some(new)) = (file, old, new) {
        edits.push(Replacement { file, old, new });
    }
    for Replacement { file, old, new } in edits {
        let text = files.get_mut(&file).unwrap_or_else(|| panic!("{name}: no file {file}"));
        assert_eq!(text.matches(&old).count(), 1, "{name}: {file} has this not once: {old}");
        *text = text.replacen(&old, &new, 1);
    }
    let removed: Vec<String> = remove.map(Vec::from).unwrap_or_default();
    for file in removed {
        files.remove(&file).unwrap_or_else(|| panic!("{name}: no file {file}"));
    }
    let written: Vec<Written> = write.map(Vec::from).unwrap_or_default();
    for Written { file, text } in written {
        files.insert(file, text);
    }
    (name, rule, also)
}

/// A worker that waits for a check takes up another one on top of it: that needs a stack.
fn pool() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().stack_size(256 << 20).build().expect("threads")
}

/// Tells a share also where nothing failed: the harness keeps `println!` to itself.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("stderr");
}

fn shown(found: &[Diagnostic]) -> String {
    let lines = found.iter().map(|d| format!("    {} {}: {}; {}", d.location, d.rule.id, d.message, d.help));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn applications_that_agree_have_no_finding() {
    for app in ["inline", "layered"] {
        let found = findings_in(spec(), &application(app));
        assert!(found.is_empty(), "{app}:\n{}", shown(&found));
    }
}

#[test]
fn another_way_of_writing_has_no_finding() {
    let apps: BTreeMap<&str, Files> = [("inline", application("inline")), ("layered", application("layered"))].into();
    let changes = changes("agree");
    let count = changes.len();
    let faults: Vec<String> = pool().install(|| {
        changes
            .into_par_iter()
            .filter_map(|change| {
                let mut files = apps[change.app.as_str()].clone();
                let app = change.app.clone();
                let (name, ..) = apply(change, &mut files);
                let found = findings_in(spec(), &files);
                (!found.is_empty()).then(|| format!("{app} {name}:\n{}", shown(&found)))
            })
            .collect()
    });
    say(&format!("{} of {count} rewritings have no finding", count - faults.len()));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_mutant_is_found_by_its_rule() {
    let apps: BTreeMap<&str, Files> = [("inline", application("inline")), ("layered", application("layered"))].into();
    let changes = changes("mutants");
    let count = changes.len();
    let alone = changes.iter().filter(|change| change.also.is_empty()).count();
    let named: BTreeSet<(String, String)> = changes.iter().map(|c| (c.rule.clone(), c.app.clone())).collect();
    let faults: Vec<String> = pool().install(|| {
        changes
            .into_par_iter()
            .filter_map(|mut change| {
                let mut files = apps[change.app.as_str()].clone();
                let app = change.app.clone();
                let says: Vec<String> = change.says.take().map(Vec::from).unwrap_or_default();
                let (name, rule, also) = apply(change, &mut files);
                let found = findings_in(spec(), &files);
                let ids: BTreeSet<&str> = found.iter().map(|d| d.rule.id).collect();
                let expected: BTreeSet<&str> = also.iter().map(String::as_str).chain([rule.as_str()]).collect();
                let shown = shown(&found);
                if let Some(words) = says.iter().find(|words| !shown.contains(words.as_str())) {
                    return Some(format!("{app} {name}: nothing says {words:?}\n{shown}"));
                }
                (ids != expected).then(|| format!("{app} {name}: expected {expected:?}, found\n{shown}"))
            })
            .collect()
    });
    let right = count - faults.len();
    say(&format!("{right} of {count} mutants are found by the rules that should; {alone} have one such rule"));
    assert!(faults.is_empty(), "{} of {count}\n{}", faults.len(), faults.join("\n"));
    if std::env::var_os("MUTANT").is_none() {
        let both = RULES.iter().flat_map(|rule| apps.keys().map(|app| (rule.meta.id.to_owned(), (*app).to_owned())));
        let missing: Vec<(String, String)> = both.filter(|pair| !named.contains(pair)).collect();
        assert!(missing.is_empty(), "rules without a mutant in an application: {missing:?}");
    }
}
