//! `templates`: what there is, copies of it, and the option that takes a team's own.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};

use super::output::count;
use super::{Exit, Format, Options};
use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::emit::{BuiltIn, Templates};
use crate::suggest::did_you_mean;
use crate::workspace::{self, Workspace};

/// Where `eject` copies to when nothing is said.
const FOLDER: &str = "templates/offload";

/// The option of every command that prints outputs.
#[derive(Debug, Args)]
pub(super) struct TemplateOptions {
    /// Use the templates in this folder instead of the built-in ones with the same names; `targets.templates`
    /// in the spec does this for everyone
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
}

impl TemplateOptions {
    /// The folder of the team's own templates, if there are any.
    pub(super) fn folder(&self, workspace: &Workspace, contract: &Contract) -> Option<PathBuf> {
        let named = contract.targets.templates.as_ref();
        self.templates.clone().or_else(|| named.map(|folder| workspace.root().join(folder.value.as_str())))
    }

    /// The templates to print with, or what is wrong with the team's own.
    pub(super) fn read(
        &self,
        workspace: &Workspace,
        contract: &Contract,
    ) -> anyhow::Result<Result<Templates, Vec<Diagnostic>>> {
        let (named, folder, shown) = match (&self.templates, &contract.targets.templates) {
            (Some(named), _) => (named.as_path(), "", workspace.shown(named)),
            (None, Some(folder)) => (workspace.root(), folder.value.as_str(), folder.value.to_string()),
            (None, None) => return Ok(Ok(Templates::built_in()?)),
        };
        let given = workspace::read_templates(named, folder, &shown)
            .with_context(|| format!("cannot read the templates in {shown}"))?;
        Ok(Templates::with(given))
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload templates list                                      list what can be replaced
  inngest-offload templates eject templates/offload docs/events.md.j2  copy one to change it")]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the templates that can be replaced
    List,
    /// Copy built-in templates into a folder, to change them there
    Eject(Eject),
}

#[derive(Debug, Args)]
struct Eject {
    /// The folder; by default that of `targets.templates`, or templates/offload next to the spec
    dir: Option<PathBuf>,
    /// The templates; by default all of them
    names: Vec<String>,
    /// Replace existing files
    #[arg(long)]
    force: bool,
}

pub(super) fn run(options: &Options, arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.command {
        Command::List => list(options),
        Command::Eject(arguments) => eject(options, arguments),
    }
}

fn list(options: &Options) -> anyhow::Result<Exit> {
    let mut out = options.out();
    let names = Templates::list().map(|template| template.name);
    if options.format == Format::Json {
        writeln!(out, "{:#}", serde_json::Value::from_iter(names))?;
    } else {
        for name in names {
            writeln!(out, "{name}")?;
        }
    }
    Ok(Exit::Clean)
}

fn eject(options: &Options, arguments: &Eject) -> anyhow::Result<Exit> {
    if let Some(name) = arguments.dir.as_ref().and_then(|dir| dir.to_str())
        && find(name).is_ok()
    {
        bail!("`{name}` is a template; name the folder first: `templates eject {FOLDER} {name}`");
    }
    let files: Vec<(&str, &str)> = if arguments.names.is_empty() {
        Templates::list().map(|template| (template.name, template.source)).collect()
    } else {
        let named = arguments.names.iter().map(|name| find(name).map(|template| (template.name, template.source)));
        named.collect::<anyhow::Result<_>>()?
    };
    let (named, folder, shown) = match &arguments.dir {
        Some(named) => (named.clone(), String::new(), crate::workspace::shown(named)),
        None => {
            let (root, folder) = default_folder(options)?;
            (root, folder.clone(), folder)
        }
    };
    workspace::eject(&named, &folder, &files, arguments.force)?;
    options.say(&format!("wrote {} to {shown}", count(files.len(), "template")))?;
    Ok(Exit::Clean)
}

/// The root, and the folder below it that the spec names, or the usual one.
fn default_folder(options: &Options) -> anyhow::Result<(PathBuf, String)> {
    let workspace = options.workspace()?;
    let compiled = options.compile(&workspace)?.ok();
    let named = compiled.and_then(|compiled| compiled.contract.targets.templates);
    let shown = named.map_or_else(|| FOLDER.to_owned(), |folder| folder.value.to_string());
    Ok((workspace.root().to_owned(), shown))
}

/// A template by its name, or by the end of it where that is clear.
fn find(name: &str) -> anyhow::Result<&'static BuiltIn> {
    let ends = |template: &&BuiltIn| template.name == name || template.name.ends_with(&format!("/{name}"));
    let found: Vec<&BuiltIn> = Templates::list().filter(ends).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => match did_you_mean(name, Templates::list().map(|template| template.name)) {
            Some(known) => bail!("there is no template `{name}`; did you mean `{known}`?"),
            None => bail!("there is no template `{name}`; `templates list` lists them"),
        },
        several => {
            let names: Vec<&str> = several.iter().map(|template| template.name).collect();
            bail!("`{name}` is ambiguous: {}", names.join(" or "))
        }
    }
}
