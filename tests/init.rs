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
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root().join("init")).expect("cases").flatten().map(|e| e.path()).collect();
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

/// A leaf of a contract: where it stands, and what it says.
type Leaf = (String, String);

/// Every leaf under a value, without who said so.
fn leaves(value: &serde_json::Value, at: &str, into: &mut BTreeSet<Leaf>) {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().for_each(|(key, value)| leaves(value, &format!("{at}/{key}"), into))
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| leaves(value, at, into)),
        leaf => {
            into.insert((at.to_owned(), leaf.to_string()));
        }
    }
}

/// What a contract claims that code can show: offloads by route, payloads where their events are, and what
/// is the whole contract's.
fn claims(spec: &[u8]) -> BTreeSet<Leaf> {
    let compiled = compile("spec.yaml", spec.to_vec()).unwrap_or_else(|found| panic!("{}", shown(&found)));
    let all = serde_json::to_value(&compiled.contract).expect("JSON");
    let mut found = BTreeSet::new();
    for section in ["dispatch", "ledger", "environment", "truthy"] {
        leaves(&all[section], section, &mut found);
    }
    for (name, flag) in all["flags"].as_object().expect("flags") {
        for part in ["enabledWhen", "override", "rollback"] {
            leaves(&flag[part], &format!("flag {name}/{part}"), &mut found);
        }
    }
    for offload in all["offloads"].as_object().expect("offloads").values() {
        let route = offload["route"].as_str().or(offload["route"]["value"].as_str()).expect("a route");
        for part in ["job", "kind", "methods", "schedule", "when", "window", "params", "flag", "owners", "delivery"] {
            let mut inner = BTreeSet::new();
            leaves(&offload[part], &format!("{route} {part}"), &mut inner);
            // Names of payloads are the team's own: what counts is what they hold.
            found.extend(inner.into_iter().filter(|(at, _)| !at.ends_with("/payload") && !at.ends_with("/steps")));
        }
        for (at, payload) in payloads_of(&offload["delivery"], route) {
            let fields = all["payloads"][&payload]["fields"].as_array().expect("fields");
            for field in fields {
                if offload["params"].is_null() && field["from"] == "params" {
                    continue;
                }
                let name = field["name"].as_str().expect("a name");
                let shown = field.as_object().expect("a field").iter();
                for (part, value) in
                    shown.filter(|(part, _)| !["name", "description", "example", "inherited"].contains(&part.as_str()))
                {
                    leaves(value, &format!("{at} data.{name}/{part}"), &mut found);
                }
            }
        }
    }
    found.retain(|(_, value)| value != "null");
    found
}

/// The payloads of an offload's events.
fn payloads_of(delivery: &serde_json::Value, route: &str) -> Vec<(String, String)> {
    let events = delivery["events"]["events"].as_array();
    let events = events.into_iter().flatten().map(|event| {
        let name = event["name"].as_str().expect("a name");
        (format!("{route} {name}"), event["payload"].as_str().expect("a payload").to_owned())
    });
    events.collect()
}

#[test]
fn most_of_what_people_claim_is_recovered() {
    let spec = fs::read(root().join("conform/spec.yaml")).expect("the spec");
    let written = claims(&spec);
    for (app, least) in [("inline", 95), ("layered", 95)] {
        let files = folder(&root().join("conform/apps").join(app));
        let text = described(app, &files).expect("a spec");
        let recovered = claims(text.as_bytes());
        let equal = written.intersection(&recovered).count();
        let missing: Vec<String> =
            written.difference(&recovered).map(|(at, value)| format!("  {at}: {value}")).collect();
        let more: Vec<String> = recovered.difference(&written).map(|(at, value)| format!("  {at}: {value}")).collect();
        let share = equal * 100 / written.len();
        let told = format!(
            "{app}: {equal} of {} claims recovered ({share} %)\nnot recovered:\n{}\nclaimed beyond:\n{}",
            written.len(),
            missing.join("\n"),
            more.join("\n")
        );
        writeln!(std::io::stderr(), "{told}").expect("stderr");
        assert!(share >= least, "{told}");
    }
}
