//! What is interrupted: a tree as it is before a run, what the run makes of it, and each call that it makes on the way.

use std::fs;
use std::io::Write;
use std::process::{Command, Output};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::sandbox::{Sandbox, Tree, said};

pub(crate) const SPEC: &str = include_str!("../../src/rule/example.yaml");
pub(crate) const TARGETS: &str = r#"targets:
  typescript: { out: lib/gen, handlers: lib/functions, sdk: 4, client: { module: "@/lib/client", export: inngest } }
  schemas: { out: schemas }
  docs: { out: docs }
"#;
pub(crate) const MINE: &str = "// written by a person\n";

/// The spec of before, and the one of after: another window, another folder, one folder no more.
pub(crate) fn specs() -> (String, String) {
    let before = format!("{SPEC}{TARGETS}");
    let after = before.replace("window: 5m", "window: 10m").replace("*/5 *", "*/10 *").replace("lib/gen", "lib/made");
    (before, after)
}

/// The library, when it can be made here.
pub(crate) fn faults() -> Option<&'static str> {
    static MADE: OnceLock<Option<(String, Sandbox)>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = Sandbox::new("faults");
        let library = folder.path("faults.so").to_string_lossy().into_owned();
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/interrupted/faults.c");
        let made =
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o", &library, source, "-ldl", "-pthread"]).output();
        match made {
            Ok(output) => assert!(output.status.success(), "{}", said(&output)),
            Err(error) => {
                say(&format!("left out: there is no C compiler `cc`: {error}"));
                return None;
            }
        }
        Some((library, folder))
    });
    made.as_ref().map(|(library, _)| library.as_str())
}

/// Tells also where nothing failed: the harness keeps `println!` to itself.
pub(crate) fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("stderr");
}

pub(crate) fn faulty(folder: &Sandbox, library: &str, set: &[(&str, &str)]) -> Output {
    let mut command = folder.command(&["generate"]);
    command.env("LD_PRELOAD", library).env("FAULT_ROOT", &folder.0).envs(set.iter().copied());
    command.output().expect("the binary runs")
}

/// A tree as it is before a run, what the run makes of it, and what it asks of the disk on the way.
pub(crate) struct Scene {
    pub(crate) before: Tree,
    pub(crate) after: Tree,
    pub(crate) calls: Vec<String>,
}

impl Scene {
    /// A change of the spec over what the spec of before gave, with files of a person in every folder; or all from
    /// nothing.
    pub(crate) fn new(library: &str, from_nothing: bool, opens: bool) -> Self {
        let (old, new) = specs();
        let folder = Sandbox::new("scene");
        if !from_nothing {
            folder.write("spec/inngest-offload.yaml", old);
            folder.succeed(&["generate"]);
            for own in folder.tree("").keys().filter(|path| path.starts_with("lib/functions/")) {
                folder.write(own, MINE);
            }
            for own in ["lib/gen/own.ts", "docs/own.md", "schemas/own.json"] {
                folder.write(own, MINE);
            }
        }
        folder.write("spec/inngest-offload.yaml", new);
        let before = folder.tree("");
        let log = Sandbox::new("log");
        let path = log.path("calls").to_string_lossy().into_owned();
        let mut set = vec![("FAULT_LOG", path.as_str())];
        if opens {
            set.push(("FAULT_OPENS", "1"));
        }
        let output = faulty(&folder, library, &set);
        assert!(output.status.success(), "{}", said(&output));
        let calls = fs::read_to_string(path).expect("calls").lines().map(str::to_owned).collect();
        folder.succeed(&["check"]);
        Self { before, after: folder.tree(""), calls }
    }

    /// Each file is the old one or the new one. What is left beside them has a name that no output has.
    pub(crate) fn holds(&self, now: &Tree) -> Result<(), String> {
        for (path, bytes) in now {
            let known = [&self.before, &self.after].iter().any(|tree| tree.get(path) == Some(bytes));
            if !known && !path.contains("/.inngest-offload-") {
                return Err(format!("{path} is neither the old one nor the new one"));
            }
        }
        for (path, bytes) in &self.before {
            let lost = self.after.get(path) == Some(bytes) && now.get(path) != Some(bytes);
            if lost {
                return Err(format!("{path} is gone or another one, though nothing asked for it"));
            }
        }
        Ok(())
    }

    /// `check` tells what is missing, and the next run finishes the work and leaves nothing behind.
    pub(crate) fn is_finished_by_the_next_run(&self, folder: &Sandbox) -> Result<(), String> {
        let complete =
            folder.tree("").into_iter().filter(|(path, _)| !path.contains("/.inngest-offload-")).collect::<Tree>();
        let check = folder.run(&["check"]);
        let expected = i32::from(complete != self.after);
        if check.status.code() != Some(expected) {
            return Err(format!("`check` ended with {:?} instead of {expected}: {}", check.status, said(&check)));
        }
        let next = folder.run(&["generate"]);
        let now = folder.tree("");
        if !next.status.success() || now != self.after {
            let differs: Vec<&String> =
                now.keys().chain(self.after.keys()).filter(|p| now.get(*p) != self.after.get(*p)).collect();
            return Err(format!("the next run did not finish: {differs:?} {}", said(&next)));
        }
        Ok(())
    }
}

/// Does something at every call, each in a tree of its own.
pub(crate) fn at_every_call(scene: &Scene, try_at: impl Fn(&Sandbox, &str, &str) -> Result<(), String> + Sync) {
    let faults: Vec<String> = (1..=scene.calls.len())
        .into_par_iter()
        .filter_map(|at| {
            let folder = Sandbox::new("at");
            folder.become_like(&scene.before);
            let call = &scene.calls[at - 1];
            try_at(&folder, &at.to_string(), call).err().map(|fault| format!("call {at} ({call}): {fault}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), scene.calls.len(), faults.join("\n"));
}
