//! What the tool knows of itself: rules, schemas, completions, manual.

use std::io::Write;

use anyhow::bail;
use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::output::Out;
use super::{Cli, Exit, explain};
use crate::catalogue::catalogue;
use crate::suggest::did_you_mean;
use crate::{diagnostic, reference};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload schema > spec/inngest-offload.schema.json   for completion in an editor
  inngest-offload schema report                               of the output of `--format json`")]
pub(super) struct SchemaArguments {
    /// Which schema
    #[arg(value_enum, default_value_t = Of::Spec)]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// The language of the spec
    Spec,
    /// The output of `--format json`
    Report,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload completions bash > inngest-offload.bash   then: source ./inngest-offload.bash
  inngest-offload completions zsh > _inngest-offload        in a folder of $fpath
  inngest-offload completions fish > inngest-offload.fish   in ~/.config/fish/completions")]
pub(super) struct CompletionArguments {
    /// The shell
    shell: Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  inngest-offload rules                               all of them
  inngest-offload rules window-longer-than-schedule   one of them
  inngest-offload rules --format json                 for programs")]
pub(super) struct RulesArguments {
    /// The rule; without it, all rules are listed
    rule: Option<String>,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = RulesFormat::Text)]
    format: RulesFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum RulesFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// A page of documentation
    Markdown,
}

pub(super) fn rules(arguments: &RulesArguments) -> anyhow::Result<Exit> {
    if let Some(name) = &arguments.rule {
        let all = catalogue();
        let Some(meta) = all.iter().find(|meta| meta.id == name) else {
            match did_you_mean(name, all.iter().map(|meta| meta.id)) {
                Some(close) => bail!("there is no rule `{name}`; did you mean `{close}`?"),
                None => bail!("there is no rule `{name}`; `inngest-offload rules` lists all rules"),
            }
        };
        explain::rule(arguments.format, meta)?;
        return Ok(Exit::Clean);
    }
    let mut out = Out::plain();
    if arguments.format == RulesFormat::Json {
        let rules: Vec<_> = catalogue()
            .iter()
            .map(|meta| {
                serde_json::json!({
                    "id": meta.id, "severity": meta.severity.as_str(), "group": meta.group.title(),
                    "summary": meta.summary, "why": meta.why,
                })
            })
            .collect();
        writeln!(out, "{:#}", serde_json::Value::from(rules))?;
        return Ok(Exit::Clean);
    }
    if arguments.format == RulesFormat::Markdown {
        write!(out, "{}", reference::rules())?;
        return Ok(Exit::Clean);
    }
    let width = catalogue().iter().map(|meta| meta.id.len()).max().unwrap_or(0);
    let mut group = None;
    for meta in catalogue() {
        if group != Some(meta.group) {
            writeln!(out, "{}{}", if group.is_some() { "\n" } else { "" }, meta.group.title())?;
            group = Some(meta.group);
        }
        writeln!(out, "  {:width$}  {:8}  {}", meta.id, meta.word(), meta.summary)?;
    }
    Ok(Exit::Clean)
}

pub(super) fn schema(arguments: &SchemaArguments) -> anyhow::Result<Exit> {
    let schema = match arguments.of {
        Of::Spec => crate::spec::schema(),
        Of::Report => diagnostic::json::schema(),
    };
    Out::plain().write_all(crate::emit::json::print(&schema).as_bytes())?;
    Ok(Exit::Clean)
}

pub(super) fn completions(arguments: &CompletionArguments) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "inngest-offload", &mut script);
    Out::plain().write_all(&script)?;
    Ok(Exit::Clean)
}

pub(super) fn man() -> anyhow::Result<Exit> {
    clap_mangen::Man::new(Cli::command()).render(&mut Out::plain())?;
    Ok(Exit::Clean)
}
