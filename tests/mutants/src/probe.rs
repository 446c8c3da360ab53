//! What looks at mutants: one test each, or a part of one that takes long.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::build::Built;

/// Tests that go over many files, and the variable that names one of them.
const PARTS: &[(&str, &str, &str, &str)] = &[
    ("cases", "every_case_gives_what_is_expected", "CASE", "tests/cases"),
    ("conform", "another_way_of_writing_has_no_finding", "MUTANT", "tests/conform/agree"),
    ("conform", "every_mutant_is_found_by_its_rule", "MUTANT", "tests/conform/mutants"),
];

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Probe {
    pub name: String,
    program: PathBuf,
    /// A test; none runs them all.
    test: Option<String>,
    part: Option<(String, String)>,
    /// How long it takes with every mutant off.
    pub millis: u64,
    pub reached: BTreeSet<usize>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed,
    TooLong,
}

/// Finds them, and runs each with every mutant off: all pass, and each says which mutants it reached.
pub fn probes(root: &Path, out: &Path, built: &Built) -> Result<Vec<Probe>> {
    let mut probes = Vec::new();
    for (name, program) in &built.programs {
        let probe = |name: String, test: Option<&str>, part: Option<(String, String)>| Probe {
            name,
            program: program.clone(),
            test: test.map(str::to_owned),
            part,
            millis: 0,
            reached: BTreeSet::new(),
        };
        if name == "inngest_offload" {
            probes.push(probe("lib".to_owned(), None, None));
            continue;
        }
        let output = Command::new(program).args(["--list", "--format", "terse"]).output()?;
        for line in String::from_utf8(output.stdout)?.lines() {
            let Some(test) = line.strip_suffix(": test") else { continue };
            let Some((.., variable, folder)) = PARTS.iter().find(|part| (part.0, part.1) == (name, test)) else {
                probes.push(probe(format!("{name}::{test}"), Some(test), None));
                continue;
            };
            for entry in fs::read_dir(root.join(folder))? {
                let path = entry?.path();
                let part = path.file_stem().context("a name")?.to_string_lossy().into_owned();
                let value = Some(((*variable).to_owned(), part.clone()));
                probes.push(probe(format!("{name}::{test} {part}"), Some(test), value));
            }
        }
    }
    probes.sort_by(|one, other| one.name.cmp(&other.name));
    fs::create_dir_all(scratch())?;
    let record = out.join("reached");
    for probe in &mut probes {
        let _ = fs::remove_file(&record);
        let started = Instant::now();
        let path = record.to_string_lossy().into_owned();
        let outcome = probe.run(out, ("MUTANTS_REACHED", &path), Duration::from_secs(900))?;
        probe.millis = started.elapsed().as_millis() as u64;
        ensure!(outcome == Outcome::Passed, "{} does not pass with every mutant off", probe.name);
        let reached = fs::read_to_string(&record).unwrap_or_default();
        probe.reached = reached.lines().map(str::parse).collect::<Result<_, _>>()?;
        eprintln!("{:6} ms, {:4} mutants: {}", probe.millis, probe.reached.len(), probe.name);
    }
    fs::write(out.join("probes.json"), serde_json::to_vec(&probes)?)?;
    Ok(probes)
}

/// Who looks at a rule alone, by its name in the file's: what is most likely to catch a mutant there, in no time.
pub fn own(file: &str, probes: &[Probe]) -> Vec<Probe> {
    let Some((folder, name)) = file.rsplit_once('/') else { return Vec::new() };
    let id = name.trim_end_matches(".rs").replace('_', "-");
    let looks = [("src/", "rules::", "RULE"), ("src/conform/", "conform::every_mutant_is_found_by_its_rule", "MUTANT")];
    let looks = looks.iter().filter(|(below, ..)| folder.starts_with(below) && folder.ends_with("/rules"));
    let alone = looks.filter_map(|(_, of, variable)| {
        let probe = probes.iter().find(|probe| probe.name.starts_with(of))?;
        let test = probe.test.clone().filter(|_| *variable == "MUTANT");
        Some(Probe {
            name: format!("{of} {id}"),
            part: Some(((*variable).to_owned(), id.clone())),
            test,
            ..probe.clone()
        })
    });
    alone.collect()
}

/// Where tests put what ended ones leave: outside of every repository, which some of them look for.
fn scratch() -> PathBuf {
    std::env::temp_dir().join("inngest-offload-mutants")
}

impl Probe {
    /// With one mutant on. What waits for ever is ended.
    pub fn with(&self, out: &Path, id: usize) -> Result<Outcome> {
        self.run(out, ("MUTANT_ON", &id.to_string()), Duration::from_millis(5 * self.millis + 10_000))
    }

    fn run(&self, out: &Path, switch: (&str, &str), most: Duration) -> Result<Outcome> {
        // It ends the whole group: a test may wait for a program that it started.
        let mut command = Command::new("timeout");
        command.args(["--signal=KILL", &most.as_secs_f64().to_string()]).arg(&self.program).arg("--quiet");
        if let Some(test) = &self.test {
            command.args(["--exact", test]);
        }
        if let Some((variable, value)) = &self.part {
            command.env(variable, value);
        }
        command.env(switch.0, switch.1).env("RUST_TEST_THREADS", "1").env("RAYON_NUM_THREADS", "1");
        command.env("TMPDIR", scratch()).env("RUST_BACKTRACE", "0").current_dir(out.join("tree"));
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        Ok(match status.code() {
            Some(0) => Outcome::Passed,
            Some(124 | 137) | None => Outcome::TooLong,
            _ => Outcome::Failed,
        })
    }
}
