//! `generate`: compile and write what changed.

use anyhow::Context;
use clap::Args;

use super::output::{Outcome, count};
use super::templates::TemplateOptions;
use super::{Exit, Options, watch};
use crate::compile::Compiled;
use crate::contract::{Contract, RelPath};
use crate::diagnostic::Diagnostic;
use crate::emit::{self, CONTRACT_FILE, Emission, EmitError, TemplateError};
use crate::plan::{OnDisk, Plan, Snapshot, drift};
use crate::workspace::{Applied, Workspace};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload generate            write the files that changed
  inngest-offload generate --dry-run  print what would be written
  inngest-offload generate --force    replace files that were changed by hand

Exit codes: 0 written, 1 errors, 2 could not run. Warnings are printed, but only `check` fails because of them.")]
pub(super) struct Arguments {
    /// Replace files that were changed by hand or were not generated
    #[arg(long)]
    force: bool,
    /// Print what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    templates: TemplateOptions,
    #[command(flatten)]
    watching: watch::Watching,
}

const NAME: &str = "generate";

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    arguments.watching.run(options, &|workspace| work(options, arguments, workspace))
}

fn work(options: &Options, arguments: &Arguments, workspace: &Workspace) -> anyhow::Result<Outcome> {
    // Held before the spec is read: of two runs, the later one writes what it says then.
    let lock = workspace.lock(|| anstream::eprintln!("waiting for another `generate` in this folder"));
    let compiled = match options.compile(workspace)? {
        Ok(compiled) => compiled,
        Err(findings) => return Ok(Outcome::new(NAME, findings)),
    };
    let broken = compiled.is_broken();
    let Compiled { document, contract, mut findings } = compiled;
    if broken {
        return Ok(Outcome::new(NAME, findings).summed_up("nothing was written"));
    }
    // What was looked at is watched, however it ends.
    let looked = |outcome| Outcome {
        outputs: emit::folders(&contract),
        templates: arguments.templates.folder(workspace, &contract),
        ..outcome
    };
    let mut plan = match plan(workspace, &contract, &arguments.templates)? {
        Ok(plan) => plan,
        Err(faults) => {
            findings.extend(faults);
            return Ok(looked(Outcome::new(NAME, findings).summed_up("nothing was written")));
        }
    };
    if arguments.force {
        plan.force();
    }
    if !plan.conflicts.is_empty() {
        let conflicts = Plan { conflicts: plan.conflicts, ..Plan::default() };
        findings.extend(drift(&document, &contract, &conflicts));
        return Ok(looked(Outcome::new(NAME, findings).summed_up("nothing was written")));
    }
    let mut outcome = looked(Outcome::new(NAME, findings));
    outcome.exit = Exit::Clean;
    if arguments.dry_run {
        outcome.did(&Applied::of(&plan), plan.unchanged, "would ");
        return Ok(outcome);
    }
    match workspace.apply(&plan, &lock) {
        Ok(applied) => {
            outcome.did(&applied, plan.unchanged, "");
            outcome.wrote = [applied.created, applied.updated, applied.deleted].concat();
        }
        Err(error) => outcome.failure = Some(error.into()),
    }
    Ok(outcome)
}

/// What has to happen so that the disk is what the contract says; or what is wrong with the templates.
pub(super) fn plan(
    workspace: &Workspace,
    contract: &Contract,
    given: &TemplateOptions,
) -> anyhow::Result<Result<Plan, Vec<Diagnostic>>> {
    let templates = match given.read(workspace, contract)? {
        Ok(templates) => templates,
        Err(findings) => return Ok(Err(findings)),
    };
    let emission = Emission { contract, spec: workspace.spec(), templates: &templates };
    let folders = emit::folders(contract);
    let outputs = workspace.outputs(&folders).context("cannot read the outputs")?;
    let (artifacts, same) = match emit::emit_unless(&emission, &|artifact| outputs.has(artifact)) {
        Ok(made) => made,
        Err(EmitError::Template(TemplateError { finding: Some(finding), .. })) => return Ok(Err(vec![*finding])),
        Err(error) => return Err(error.into()),
    };
    let mut snapshot = outputs.snapshot(&artifacts, same).context("cannot read the outputs")?;
    let mut former = former_folders(workspace, contract, &snapshot).context("cannot read the outputs")?;
    former.retain(|folder| !folders.contains(folder));
    if !former.is_empty() {
        let left = workspace.outputs(&former).and_then(|outputs| outputs.snapshot(&[], Vec::new()));
        let left = left.context("cannot read the previous outputs")?;
        for (path, found) in left.files {
            // What an artifact has looked at already, such as a handler, is known.
            snapshot.files.entry(path).or_insert(found);
        }
        snapshot.unfinished.extend(left.unfinished);
    }
    Ok(Ok(Plan::new(artifacts, snapshot, workspace.spec())))
}

/// The folders that outputs went to before, as the `contract.json` says that is there: in its place, or
/// beside it when its folder has another name now.
fn former_folders(workspace: &Workspace, contract: &Contract, snapshot: &Snapshot) -> anyhow::Result<Vec<RelPath>> {
    let Some(typescript) = &contract.targets.typescript else { return Ok(Vec::new()) };
    let out = &typescript.out.value;
    let written = match out.join(CONTRACT_FILE).ok().and_then(|path| snapshot.files.get(&path)) {
        Some(OnDisk::Text(text)) => return Ok(emit::former_folders(out, text, workspace.spec())),
        Some(_) => return Ok(Vec::new()),
        None => workspace.beside(out, CONTRACT_FILE)?,
    };
    let folders = written.iter().flat_map(|(folder, text)| emit::former_folders(folder, text, workspace.spec()));
    Ok(folders.collect())
}

impl Outcome {
    fn did(&mut self, applied: &Applied, unchanged: usize, would: &str) {
        const MOST: usize = 20;
        let changes = [("create", &applied.created), ("update", &applied.updated), ("delete", &applied.deleted)];
        for (verb, paths) in changes {
            self.details.extend(paths.iter().take(MOST).map(|path| format!("{would}{verb} {path}")));
            if paths.len() > MOST {
                self.details.push(format!("{would}{verb} … and {} more", paths.len() - MOST));
            }
        }
        let written = applied.created.len() + applied.updated.len();
        self.summary = Some(match (written, applied.deleted.len()) {
            (0, 0) if unchanged == 0 => "nothing to write: the spec has no outputs under `targets`".to_owned(),
            (0, 0) => format!("{} up to date", count(unchanged, "file")),
            (written, deleted) => {
                let write = if would.is_empty() { "wrote" } else { "would write" };
                let deleted = if deleted > 0 { format!(", deleted {deleted}") } else { String::new() };
                format!("{write} {}{deleted}, {unchanged} unchanged", count(written, "file"))
            }
        });
    }
}
