//! The commands: each composes stages and prints; none decides.

mod check;
mod diff;
mod explain;
mod generate;
mod init;
mod key;
mod lsp;
mod output;
mod progress;
mod reference;
mod templates;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::compile::{Compiled, compile};
use crate::diagnostic::Diagnostic;
use crate::workspace::Workspace;
use output::Output;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about: 0.
    Clean,
    /// Findings: 1.
    Findings,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Clean => Self::SUCCESS,
            Exit::Findings => Self::from(1),
        }
    }
}

/// The exit code of a command that could not run.
pub const COULD_NOT_RUN: u8 = 2;

/// Compiles the contract of an offload, and checks that nothing has drifted from it.
#[derive(Debug, Parser)]
#[command(name = "inngest-offload", version, about, max_term_width = 100)]
#[command(after_help = "Examples:
  inngest-offload init          write a first spec
  inngest-offload check         find what is wrong and what has drifted
  inngest-offload generate      write what follows from the spec
  inngest-offload diff          tell what changed since the last commit

Exit codes: 0 clean, 1 findings, 2 could not run.")]
pub struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Options {
    /// The spec; found by walking up when not given
    #[arg(long, global = true, value_name = "FILE")]
    spec: Option<PathBuf>,
    /// The folder that outputs and owners are relative to; the folder of the spec when not given
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// How findings are printed; answers that are no findings are text, or data with `json`
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the findings to a file as well; may be given several times
    #[arg(long = "output", global = true, value_name = "FORMAT=FILE", value_parser = Output::parse)]
    outputs: Vec<Output>,
    /// Whether text is coloured
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Print findings only
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs; `schema report` is its shape
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// For the summary of a job, or a comment
    Markdown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a first spec: one to begin with, or one that describes an application
    Init(init::Arguments),
    /// Compile the spec and write what changed
    Generate(generate::Arguments),
    /// Find what is wrong with the spec and what has drifted from it
    Check(check::Arguments),
    /// Tell what changed in the contract: breaking, risky or safe, who is hit and how to ship it
    Diff(diff::Arguments),
    /// Show the whole chain of an offload with where each value came from, or what a rule is about
    Explain(explain::Arguments),
    /// Print the dispatch key and the event ids of a call
    Key(key::Arguments),
    /// List the templates of the outputs, or copy them to change them
    Templates(templates::Arguments),
    /// Serve an editor: findings, hover, completion and more, over standard input and output
    Lsp(lsp::Arguments),
    /// List the rules, or say what one of them is about
    Rules(reference::RulesArguments),
    /// Print a JSON Schema
    Schema(reference::SchemaArguments),
    /// Print a completion script for a shell
    Completions(reference::CompletionArguments),
    /// Print the manual page
    #[command(after_help = "Examples:\n  inngest-offload man > inngest-offload.1  then: man ./inngest-offload.1")]
    Man,
}

/// Runs a command.
///
/// # Errors
/// It could not run; findings are no error.
pub fn run(cli: Cli) -> anyhow::Result<Exit> {
    let Cli { options, command } = cli;
    if !options.outputs.is_empty() && !command.reports() {
        anyhow::bail!("`--output` is for commands that report findings: `check`, `diff` and `generate`");
    }
    match command {
        Command::Init(arguments) => init::run(&options, &arguments),
        Command::Generate(arguments) => generate::run(&options, &arguments),
        Command::Check(arguments) => check::run(&options, &arguments),
        Command::Diff(arguments) => diff::run(&options, &arguments),
        Command::Explain(arguments) => explain::run(&options, &arguments),
        Command::Key(arguments) => key::run(&options, &arguments),
        Command::Templates(arguments) => templates::run(&options, &arguments),
        Command::Lsp(arguments) => lsp::run(&options, &arguments),
        Command::Rules(arguments) => reference::rules(&options, &arguments),
        Command::Schema(arguments) => reference::schema(&arguments),
        Command::Completions(arguments) => reference::completions(&arguments),
        Command::Man => reference::man(),
    }
}

/// What is said of an error: text of files and of their names puts no command on the log of a runner.
pub fn complaint(error: &anyhow::Error) -> String {
    crate::diagnostic::github::without_commands(&format!("inngest-offload: {error:#}")).into_owned()
}

impl Command {
    /// Whether findings are what it is for.
    fn reports(&self) -> bool {
        matches!(self, Self::Generate(_) | Self::Check(_) | Self::Diff(_))
    }
}

impl Options {
    fn workspace(&self) -> anyhow::Result<Workspace> {
        let here = std::env::current_dir()?;
        Ok(Workspace::find(&here, self.root.as_deref(), self.spec.as_deref())?)
    }

    fn compile(&self, workspace: &Workspace) -> anyhow::Result<Result<Compiled, Vec<Diagnostic>>> {
        let bytes = workspace
            .read_spec()
            .map_err(|e| anyhow::anyhow!("cannot read {}: {e}", crate::names::visible(workspace.spec())))?;
        // What the spec was compiled to lies beside it, and is JSON, which YAML is as well.
        let head = bytes.get(..bytes.len().min(200)).unwrap_or_default();
        if String::from_utf8_lossy(head).contains("\"$comment\": \"Generated by inngest-offload") {
            anyhow::bail!(
                "{} is no spec: it is what a spec was compiled to. Name the YAML file with --spec",
                crate::names::visible(workspace.spec())
            );
        }
        Ok(compile(workspace.spec(), bytes))
    }
}
