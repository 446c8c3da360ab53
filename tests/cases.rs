//! One folder a behaviour: `tests/cases/<name>`.
//!
//! ```text
//! spec.yaml       becomes spec/inngest-offload.yaml of an empty folder
//! app/            files that are there beside it
//! case.yaml       the steps; without it: `check --only spec`
//! expected/       transcript.txt: what each run printed, and its exit code
//!                 files/: the tree at the end, when the folder is there
//! ```
//!
//! Steps: `run: generate --force`, `write: { file, text }`, `append: { file, text }`,
//! `replace: { file, old, new }`, `remove: file`, `folder: path`, `link: { file, to }`,
//! `spec: other.yaml`. `UPDATE=1 cargo test --test cases` rewrites what is expected; read that diff.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    steps: Vec<Step>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    run: Option<String>,
    write: Option<Text>,
    append: Option<Text>,
    replace: Option<Replace>,
    remove: Option<String>,
    folder: Option<String>,
    link: Option<Link>,
    spec: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    file: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replace {
    file: String,
    old: String,
    new: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    file: String,
    to: String,
}

#[test]
fn every_case_gives_what_is_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut names: Vec<PathBuf> =
        fs::read_dir(&root).expect("tests/cases").map(|entry| entry.expect("entry").path()).collect();
    names.sort();
    assert!(names.len() > 10, "cases are missing");
    let wanted = std::env::var("CASE").ok();
    let mut faults = Vec::new();
    for case in names.iter().filter(|path| path.is_dir()) {
        let name = case.file_name().expect("name").to_string_lossy().into_owned();
        if wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            continue;
        }
        if let Err(fault) = run_case(case, &name) {
            faults.push(format!("{name}: {fault}"));
        }
    }
    assert!(faults.is_empty(), "{}\n\nUPDATE=1 rewrites what is expected.", faults.join("\n\n"));
}

fn run_case(case: &Path, name: &str) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("inngest-offload-case-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("spec")).expect("folder");
    copy(&case.join("app"), &folder);
    fs::copy(case.join("spec.yaml"), folder.join("spec/inngest-offload.yaml")).expect("spec.yaml");
    let steps = match fs::read_to_string(case.join("case.yaml")) {
        Ok(text) => serde_yaml::from_str::<Case>(&text).map_err(|e| format!("case.yaml: {e}"))?.steps,
        Err(_) => vec![Step { run: Some("check --only spec".into()), ..Step::default() }],
    };
    let mut transcript = String::new();
    for step in steps {
        take(&step, case, &folder, &mut transcript)?;
    }
    let expected = case.join("expected");
    let update = std::env::var_os("UPDATE").is_some();
    let result = if update {
        fs::create_dir_all(&expected).expect("expected/");
        fs::write(expected.join("transcript.txt"), &transcript).expect("transcript.txt");
        if expected.join("files").is_dir() {
            fs::remove_dir_all(expected.join("files")).expect("files/");
            for (path, bytes) in tree(&folder) {
                let path = expected.join("files").join(path);
                fs::create_dir_all(path.parent().expect("parent")).expect("folder");
                fs::write(path, bytes).expect("file");
            }
        }
        Ok(())
    } else {
        compare(&expected, &folder, &transcript)
    };
    let _ = fs::remove_dir_all(&folder);
    result
}

fn take(step: &Step, case: &Path, folder: &Path, transcript: &mut String) -> Result<(), String> {
    let edit = |file: &str, change: &dyn Fn(String) -> String| {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).map_err(|e| format!("{file}: {e}"))?;
        let changed = change(text.clone());
        if changed == text {
            return Err(format!("the step changes nothing in {file}"));
        }
        fs::write(&path, changed).map_err(|e| format!("{file}: {e}"))
    };
    if let Some(arguments) = &step.run {
        let output = Command::new(env!("CARGO_BIN_EXE_inngest-offload"))
            .args(arguments.split_whitespace())
            .current_dir(folder)
            .env_remove("CLICOLOR_FORCE")
            .env("NO_COLOR", "1")
            .output()
            .expect("the binary runs");
        transcript.push_str(&format!("$ inngest-offload {arguments}\n"));
        transcript.push_str(&String::from_utf8_lossy(&output.stdout));
        transcript.push_str(&String::from_utf8_lossy(&output.stderr).replace(&*folder.to_string_lossy(), "<root>"));
        transcript.push_str(&format!(
            "exit {}\n\n",
            output.status.code().map_or("by signal".into(), |code| code.to_string())
        ));
    }
    if let Some(Text { file, text }) = &step.write {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, text).expect("write");
    }
    if let Some(Text { file, text }) = &step.append {
        edit(file, &|before| before + text)?;
    }
    if let Some(Replace { file, old, new }) = &step.replace {
        edit(file, &|before| before.replacen(old, new, 1))?;
    }
    if let Some(file) = &step.remove {
        let path = folder.join(file);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(|e| format!("{file}: {e}"))?;
    }
    if let Some(path) = &step.folder {
        fs::create_dir_all(folder.join(path)).expect("folder");
    }
    if let Some(Link { file, to }) = &step.link {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        #[cfg(unix)]
        std::os::unix::fs::symlink(to, path).expect("link");
    }
    if let Some(other) = &step.spec {
        fs::copy(case.join(other), folder.join("spec/inngest-offload.yaml")).map_err(|e| format!("{other}: {e}"))?;
    }
    Ok(())
}

fn compare(expected: &Path, folder: &Path, transcript: &str) -> Result<(), String> {
    let wanted = fs::read_to_string(expected.join("transcript.txt")).unwrap_or_default();
    if wanted != transcript {
        return Err(format!("the transcript differs\n--- expected\n{wanted}\n--- found\n{transcript}"));
    }
    if !expected.join("files").is_dir() {
        return Ok(());
    }
    let (wanted, found) = (tree(&expected.join("files")), tree(folder));
    for path in wanted.keys().chain(found.keys()) {
        match (wanted.get(path), found.get(path)) {
            (Some(a), Some(b)) if a == b => {}
            (Some(_), Some(_)) => return Err(format!("{path} differs")),
            (Some(_), None) => return Err(format!("{path} was not written")),
            _ => return Err(format!("{path} was not expected")),
        }
    }
    Ok(())
}

fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, prefix: &str, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("folder") {
            let entry = entry.expect("entry");
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type().expect("type").is_dir() {
                walk(&entry.path(), &format!("{name}/"), into);
            } else {
                into.insert(name, fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    let mut files = BTreeMap::new();
    walk(folder, "", &mut files);
    files
}

fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        return;
    }
    for (path, bytes) in tree(from) {
        let path = to.join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, bytes).expect("file");
    }
}
