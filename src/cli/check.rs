//! `check`: findings of the spec, what has drifted from it, and where the code disagrees with it.

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::output::{Outcome, count};
use super::templates::TemplateOptions;
use super::{Exit, Options, generate, watch};
use crate::compile::Compiled;
use crate::conform;
use crate::emit;
use crate::plan::drift;
use crate::workspace::{self, Workspace};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload check                              the spec, the generated files, the code
  inngest-offload check --only spec                  only the spec
  inngest-offload check --output sarif=report.sarif  also for code scanning
  inngest-offload check --format github              annotations of GitHub Actions

Exit codes: 0 clean, 1 errors or warnings, 2 could not run.")]
pub(super) struct Arguments {
    /// Check only these parts
    #[arg(long, value_enum, value_delimiter = ',', value_name = "PART")]
    only: Vec<Part>,
    #[command(flatten)]
    templates: TemplateOptions,
    #[command(flatten)]
    watching: watch::Watching,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The spec: its shape, references and rules
    Spec,
    /// The generated files
    Generated,
    /// The application's code
    Code,
}

impl Arguments {
    fn covers(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}

const NAME: &str = "check";

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    arguments.watching.run(options, &|workspace| work(options, arguments, workspace))
}

fn work(options: &Options, arguments: &Arguments, workspace: &Workspace) -> anyhow::Result<Outcome> {
    let compiled = match options.compile(workspace)? {
        Ok(compiled) => compiled,
        Err(findings) => return Ok(Outcome::new(NAME, findings)),
    };
    let broken = compiled.is_broken();
    let Compiled { document, contract, mut findings } = compiled;
    let mut seen = Vec::new();
    if !broken {
        if !arguments.covers(Part::Spec) {
            findings.clear();
        }
        if arguments.covers(Part::Generated) {
            match generate::plan(workspace, &contract, &arguments.templates)? {
                Ok(plan) => {
                    if plan.unchanged > 0 {
                        seen.push(format!("{} up to date", count(plan.unchanged, "file")));
                    }
                    findings.extend(drift(&document, &contract, &plan));
                }
                Err(faults) => findings.extend(faults),
            }
        }
        if arguments.covers(Part::Code) {
            let files = workspace.application()?;
            if conform::is_application(&files) {
                let code = conform::conform(&document, &contract, files, &|paths| workspace.read_all(paths))?;
                findings.extend(code);
                seen.push("the code agrees".to_owned());
            } else if arguments.only.contains(&Part::Code) {
                let hint = workspace::other_applications(&workspace.applications_below());
                let root = if hint.is_empty() { "" } else { "; name its folder with --root" };
                bail!(
                    "there is no application under {}: no `app/**/route.ts`{hint}{root}",
                    workspace::shown(workspace.root())
                );
            }
        }
    }
    let mut outcome = Outcome::new(NAME, findings);
    outcome.outputs = emit::folders(&contract);
    outcome.templates = arguments.templates.folder(workspace, &contract);
    if outcome.exit == Exit::Clean {
        let offloads = count(contract.offloads.len(), "offload");
        let seen: String = seen.iter().map(|part| format!(", {part}")).collect();
        outcome = outcome.summed_up(format!("{}: {offloads}{seen}", workspace.spec()));
    } else if broken && arguments.only != [Part::Spec] {
        outcome = outcome.summed_up("the generated files and the code were not checked: fix the spec first");
    }
    Ok(outcome)
}
