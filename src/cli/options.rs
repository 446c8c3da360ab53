//! The options that commands have in common, each only where it means something.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::output::Output;

/// What a command is run with.
#[derive(Debug)]
pub(super) struct Options {
    pub(super) spec: Option<PathBuf>,
    pub(super) root: Option<PathBuf>,
    pub(super) format: Format,
    pub(super) outputs: Vec<Output>,
    pub(super) color: Color,
    pub(super) quiet: bool,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs; `schema report` prints its JSON Schema
    Json,
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// For the summary of a job, or a comment
    Markdown,
}

/// How an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AnswerFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

impl From<AnswerFormat> for Format {
    fn from(format: AnswerFormat) -> Self {
        match format {
            AnswerFormat::Text => Self::Text,
            AnswerFormat::Json => Self::Json,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Common options")]
pub(super) struct Place {
    /// The spec; by default it is searched for upwards from the current folder
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) spec: Option<PathBuf>,
    /// The folder that outputs and owners are relative to; by default the folder of the spec
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
}

impl Place {
    fn options(self, format: Format) -> Options {
        let Self { spec, root } = self;
        Options { spec, root, format, outputs: Vec::new(), color: Color::Auto, quiet: false }
    }
}

/// A command that reports findings.
#[derive(Debug, Args)]
pub(super) struct Reports<A: Args> {
    #[command(flatten)]
    own: A,
    #[command(flatten)]
    place: Place,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text, help_heading = "Common options")]
    format: Format,
    /// Also write the findings to a file; can be given several times
    #[arg(
        long = "output",
        value_name = "FORMAT=FILE",
        value_parser = Output::parse,
        help_heading = "Common options"
    )]
    outputs: Vec<Output>,
    /// Whether text is coloured
    #[arg(long, value_enum, default_value_t = Color::Auto, help_heading = "Common options")]
    color: Color,
    /// Print only findings
    #[arg(long, short, help_heading = "Common options")]
    quiet: bool,
}

impl<A: Args> Reports<A> {
    pub(super) fn split(self) -> (Options, A) {
        let Self { own, place, format, outputs, color, quiet } = self;
        (Options { outputs, color, quiet, ..place.options(format) }, own)
    }
}

/// A command that answers a question about the spec.
#[derive(Debug, Args)]
pub(super) struct Answers<A: Args> {
    #[command(flatten)]
    own: A,
    #[command(flatten)]
    place: Place,
    /// How the answer is printed
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text, help_heading = "Common options")]
    format: AnswerFormat,
    /// Whether text is coloured
    #[arg(long, value_enum, default_value_t = Color::Auto, help_heading = "Common options")]
    color: Color,
}

impl<A: Args> Answers<A> {
    pub(super) fn split(self) -> (Options, A) {
        let Self { own, place, format, color } = self;
        (Options { color, ..place.options(format.into()) }, own)
    }
}

/// A command that writes files and says so.
#[derive(Debug, Args)]
pub(super) struct Writes<A: Args> {
    #[command(flatten)]
    own: A,
    #[command(flatten)]
    place: Place,
    /// How the answer is printed
    #[arg(long, global = true, value_enum, default_value_t = AnswerFormat::Text, help_heading = "Common options")]
    format: AnswerFormat,
    /// Do not say what was done
    #[arg(long, short, global = true, help_heading = "Common options")]
    quiet: bool,
}

impl<A: Args> Writes<A> {
    pub(super) fn split(self) -> (Options, A) {
        let Self { own, place, format, quiet } = self;
        (Options { quiet, ..place.options(format.into()) }, own)
    }
}
