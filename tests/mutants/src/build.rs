//! One build for all mutants: the copy of the tree, and what of it the compiler takes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::list::Mutant;
use crate::weave::weave;

/// What cannot be run, with the reason, and the programs that run the rest.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Built {
    /// The compiler refuses the mutant.
    pub unviable: BTreeSet<usize>,
    /// The compiler runs it, or its function cannot be given a second result: no switch reaches it.
    pub constant: BTreeSet<usize>,
    /// Test programs by name.
    pub programs: BTreeMap<String, PathBuf>,
}

/// Copies what git knows of, weaves the mutants in, and leaves out what does not compile until the rest does.
pub fn build(root: &Path, out: &Path, all: &[Mutant]) -> Result<Built> {
    let tree = out.join("tree");
    let woven: BTreeSet<&str> = all.iter().map(|mutant| mutant.file.as_str()).chain(["src/lib.rs"]).collect();
    copy(root, &tree, &woven)?;
    let mut built = Built::default();
    // What was refused before will be again, unless its text changed: then its key did, mostly.
    let refused = out.join("refused.json");
    let before: BTreeSet<String> =
        fs::read(&refused).ok().and_then(|b| serde_json::from_slice(&b).ok()).unwrap_or_default();
    built.unviable.extend((1..=all.len()).filter(|id| before.contains(&all[id - 1].key)));
    loop {
        (built.constant, built.unviable) = write(root, &tree, all, built.unviable)?;
        let faults = check(&tree, all)?;
        if faults.is_empty() {
            break;
        }
        let before = built.unviable.len();
        let mut strange = Vec::new();
        for fault in faults {
            match fault.mutant {
                Some(id) => drop(built.unviable.insert(id)),
                None => strange.push(fault.said),
            }
        }
        eprintln!("{} more do not compile", built.unviable.len() - before);
        let keys: Vec<&str> = built.unviable.iter().map(|id| all[id - 1].key.as_str()).collect();
        fs::write(&refused, serde_json::to_vec(&keys)?)?;
        ensure!(built.unviable.len() > before, "faults outside of every mutant:\n{}", strange.join("\n"));
    }
    built.programs = programs(root, &tree)?;
    fs::write(out.join("built.json"), serde_json::to_vec(&built)?)?;
    Ok(built)
}

/// All but what is woven: as it is, it would seem to have changed each time.
fn copy(root: &Path, tree: &Path, woven: &BTreeSet<&str>) -> Result<()> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()?;
    ensure!(output.status.success(), "git ls-files failed");
    let listed = String::from_utf8(output.stdout)?;
    for file in listed.split('\0').filter(|file| !file.is_empty() && !woven.contains(file)) {
        let (from, to) = (root.join(file), tree.join(file));
        if let Ok(bytes) = fs::read(&from) {
            renew(&to, &bytes)?;
        }
    }
    Ok(())
}

/// Writes what differs: what does not is not compiled again.
fn renew(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

/// Gives the mutants that no switch reaches, and those known not to compile.
fn write(
    root: &Path,
    tree: &Path,
    all: &[Mutant],
    mut unviable: BTreeSet<usize>,
) -> Result<(BTreeSet<usize>, BTreeSet<usize>)> {
    let mut files: BTreeMap<&str, Vec<(usize, &Mutant)>> = BTreeMap::new();
    for (index, mutant) in all.iter().enumerate() {
        files.entry(&mutant.file).or_default().push((index + 1, mutant));
    }
    let mut constant = BTreeSet::new();
    for (file, mutants) in files {
        let woven = weave(&fs::read_to_string(root.join(file))?, &mutants, &unviable).context(file.to_owned())?;
        renew(&tree.join(file), woven.text.as_bytes())?;
        unviable.extend(woven.unviable);
        constant.extend(woven.constant);
    }
    renew(&tree.join("src/mutated.rs"), include_bytes!("switch.rs"))?;
    let lib = fs::read_to_string(root.join("src/lib.rs"))?;
    renew(&tree.join("src/lib.rs"), format!("{lib}\npub mod mutated;\n").as_bytes())?;
    Ok((constant, unviable))
}

/// Cargo in the copy: some speed for runs that are many, no words about code that no one reads.
fn cargo(tree: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).args(["--locked", "--message-format=json"]).current_dir(tree);
    command.env("CARGO_TARGET_DIR", tree.with_file_name("target"));
    command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1").env("CARGO_PROFILE_DEV_DEBUG", "0");
    command.env("RUSTFLAGS", "--cap-lints=allow");
    command
}

struct Fault {
    mutant: Option<usize>,
    said: String,
}

fn check(tree: &Path, all: &[Mutant]) -> Result<Vec<Fault>> {
    let output = cargo(tree, &["check", "--lib"]).output()?;
    let mut faults = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let value: Value = serde_json::from_str(line)?;
        let message = &value["message"];
        if message["level"] != "error" || message["spans"].as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        let said = message["rendered"].as_str().unwrap_or_default().to_owned();
        let mutant = around(tree, &message["spans"])?;
        let mutant = if mutant.is_some() { mutant } else { below(tree, &message["spans"], all)? };
        faults.push(Fault { mutant, said });
    }
    if faults.is_empty() && !output.status.success() {
        bail!("cargo check: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(faults)
}

/// The mutant in whose text a fault lies: where it is first of all, else where it also is.
fn around(tree: &Path, spans: &Value) -> Result<Option<usize>> {
    let mut spans: Vec<&Value> = spans.as_array().into_iter().flatten().collect();
    spans.sort_by_key(|span| span["is_primary"] != true);
    for span in spans {
        let (Some(file), Some(start)) = (span["file_name"].as_str(), span["byte_start"].as_u64()) else { continue };
        let Ok(text) = fs::read_to_string(tree.join(file)) else { continue };
        let before = &text[..start as usize];
        // Copies hold no other mutants, so the last mark that opens is the one to look at.
        let Some((_, opened)) = before.rsplit_once("/*<") else { continue };
        let id: usize = opened.split_once("*/").context("a mark ends")?.0.parse()?;
        if !before.contains(&format!("/*{id}>*/")) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The last mutant of a whole function below a fault: what a function gives is at fault where it is said that it does.
fn below(tree: &Path, spans: &Value, all: &[Mutant]) -> Result<Option<usize>> {
    for span in spans.as_array().into_iter().flatten() {
        let (Some(file), Some(start), Some(end)) =
            (span["file_name"].as_str(), span["byte_start"].as_u64(), span["byte_end"].as_u64())
        else {
            continue;
        };
        let Ok(text) = fs::read_to_string(tree.join(file)) else { continue };
        let opened = text[start as usize..end as usize].split("/*<").skip(1);
        let ids: Vec<usize> = opened
            .map(|mark| mark.split_once("*/").context("a mark ends")?.0.parse().map_err(Into::into))
            .collect::<Result<_>>()?;
        if let Some(id) = ids.into_iter().rev().find(|id| all[id - 1].genre == "FnValue") {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Builds the tests that `.cargo/mutants.toml` says look at the core.
fn programs(root: &Path, tree: &Path) -> Result<BTreeMap<String, PathBuf>> {
    let settings: toml::Table = fs::read_to_string(root.join(".cargo/mutants.toml"))?.parse()?;
    let tests = settings["additional_cargo_test_args"].as_array().context("the tests of the core")?;
    let tests: Vec<&str> = tests.iter().filter_map(toml::Value::as_str).collect();
    let output = cargo(tree, &[&["test", "--no-run"], tests.as_slice()].concat()).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut programs = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let value: Value = serde_json::from_str(line)?;
        if let (Some(program), true) = (value["executable"].as_str(), value["profile"]["test"] == true) {
            let name = value["target"]["name"].as_str().context("a target has a name")?;
            programs.insert(name.to_owned(), PathBuf::from(program));
        }
    }
    Ok(programs)
}
