//! The mutants of the core in one build: each is compiled in beside the others, and switched on for a run.
//!
//! cargo-mutants builds once a mutant, which for the core takes days. This program takes its list, writes a copy of
//! the tree that holds all of them (`weave`), builds the tests of `.cargo/mutants.toml` in it (`build`), finds out
//! which test reaches which mutant (`probe`), and runs each mutant until a test fails (`run`). `report` tells the
//! share, and holds those that survived against `survivors.yaml`, which says why.

#![expect(clippy::disallowed_methods, reason = "it copies a tree and writes results")]

mod build;
mod list;
mod probe;
mod report;
mod run;
mod weave;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use list::{Lines, Mutant};
use run::Pass;

const USAGE: &str = "usage: inngest-offload-mutants build|run|again|report [JOBS [COMMIT]]

build   weave, compile, and find out which test reaches which mutant
run     run what has no result yet; may be stopped and started again
again   run those that survived once more, after `build` with better tests
report  the share, and every survivor that has no reason in survivors.yaml

With a COMMIT only what is in lines that were changed since.";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).context("the repository")?;
    let out = &root.join("target/mutants");
    fs::create_dir_all(out)?;
    let all = list::list(root)?;
    let jobs = arguments.get(1).map_or(Ok(1), |jobs| jobs.parse())?;
    let since = arguments.get(2).map(|commit| Lines::since(root, commit)).transpose()?;
    let wanted = |mutant: &Mutant| since.as_ref().is_none_or(|lines| lines.have(mutant));
    let command = arguments.first().map_or("", String::as_str);
    match command {
        "build" => {
            let built = build::build(root, out, &all)?;
            probe::probes(root, out, &built)?;
            Ok(())
        }
        "run" | "again" => {
            let passes: &[Pass] =
                if command == "again" { &[Pass::Again, Pass::Second] } else { &[Pass::First, Pass::Second] };
            let (built, probes) = (read(out, "built.json")?, read::<Vec<_>>(out, "probes.json")?);
            passes.iter().try_for_each(|pass| run::run(out, &all, &wanted, &built, &probes, jobs, *pass))
        }
        "report" => report::report(out, &all, &wanted, &read(out, "built.json")?),
        _ => bail!(USAGE),
    }
}

fn read<T: serde::de::DeserializeOwned>(out: &Path, file: &str) -> Result<T> {
    let bytes = fs::read(out.join(file)).with_context(|| format!("{file} is missing: `build` comes first"))?;
    Ok(serde_json::from_slice(&bytes)?)
}
