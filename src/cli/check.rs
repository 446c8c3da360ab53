//! `check`: findings of the spec, and what has drifted from it.

use clap::{Args, ValueEnum};

use super::output::count;
use super::{Exit, Options, generate};
use crate::compile::Compiled;
use crate::plan::drift;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Check one part only
    #[arg(long, value_enum)]
    only: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The spec: its shape, its references, the rules
    Spec,
    /// The generated files
    Generated,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    let workspace = options.workspace()?;
    let compiled = match options.compile(&workspace)? {
        Ok(compiled) => compiled,
        Err(findings) => return options.report("check", &workspace, findings),
    };
    let broken = compiled.is_broken();
    let Compiled { document, contract, mut findings } = compiled;
    let mut files = 0;
    if arguments.only != Some(Part::Spec) && !broken {
        let plan = generate::plan(&workspace, &contract)?;
        files = plan.unchanged;
        let drifted = drift(&document, &contract, &plan);
        if arguments.only == Some(Part::Generated) {
            findings.clear();
        }
        findings.extend(drifted);
    }
    let exit = options.report("check", &workspace, findings)?;
    if exit == Exit::Clean {
        let offloads = count(contract.offloads.len(), "offload");
        let files = if files > 0 { format!(", {} up to date", count(files, "file")) } else { String::new() };
        options.say(&format!("{}: {offloads}{files}", workspace.spec()))?;
    } else if broken && arguments.only != Some(Part::Spec) {
        options.say("generated files were not compared: mend the spec first")?;
    }
    Ok(exit)
}
