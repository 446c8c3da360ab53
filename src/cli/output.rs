//! Where words go: findings and answers to standard output, in colour where it is wanted.
//!
//! A reader that goes away, such as `head`, misses the rest of the words and changes nothing else: not
//! what is written to the disk, not the exit code.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use anstream::{AutoStream, ColorChoice};
use anyhow::Context;
use clap::ValueEnum;

use super::{Color, Exit, Format, Options};
use crate::contract::RelPath;
use crate::diagnostic::{Diagnostic, Report, Run, Severity, github, json, markdown, sarif, text};
use crate::workspace::{self, Workspace, shown};

/// Standard output, for as long as somebody reads it.
pub(super) struct Out(AutoStream<io::StdoutLock<'static>>);

impl Out {
    /// For data: bytes go out as they are.
    pub(super) fn plain() -> Self {
        Self(AutoStream::always_ansi(io::stdout().lock()))
    }

    fn is_coloured(&self) -> bool {
        self.0.current_choice() != ColorChoice::Never
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        unless_nobody_reads(self.0.write(bytes), bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        unless_nobody_reads(self.0.flush(), ())
    }
}

fn unless_nobody_reads<T>(result: io::Result<T>, done: T) -> io::Result<T> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            NOBODY_READS.store(true, Ordering::Relaxed);
            Ok(done)
        }
        result => result,
    }
}

static NOBODY_READS: AtomicBool = AtomicBool::new(false);

/// Whether the reader of standard output went away.
pub(super) fn nobody_reads() -> bool {
    NOBODY_READS.load(Ordering::Relaxed)
}

/// What a command has to say: findings first, then a few lines.
pub(super) struct Outcome {
    /// The command.
    pub(super) command: &'static str,
    /// What it found.
    pub(super) report: Report,
    /// What it did, in detail.
    pub(super) details: Vec<String>,
    /// The one line that says how it went.
    pub(super) summary: Option<String>,
    /// How it ends.
    pub(super) exit: Exit,
    /// Files that it wrote or removed.
    pub(super) wrote: Vec<RelPath>,
    /// Folders that outputs are in.
    pub(super) outputs: Vec<RelPath>,
    /// The folder of templates that it read.
    pub(super) templates: Option<PathBuf>,
    /// What kept it from doing the rest; findings are told all the same.
    pub(super) failure: Option<anyhow::Error>,
}

impl Outcome {
    /// Findings, and nothing done.
    pub(super) fn new(command: &'static str, findings: Vec<Diagnostic>) -> Self {
        let report = Report::new(findings);
        let exit = exit(&report);
        let (details, wrote, outputs) = (Vec::new(), Vec::new(), Vec::new());
        Self { command, report, details, summary: None, exit, wrote, outputs, templates: None, failure: None }
    }

    /// Says how it went.
    pub(super) fn summed_up(mut self, line: impl Into<String>) -> Self {
        self.summary = Some(line.into());
        self
    }
}

/// Errors and warnings fail.
fn exit(report: &Report) -> Exit {
    let fails = report.count(Severity::Error) + report.count(Severity::Warning) > 0;
    if fails { Exit::Findings } else { Exit::Clean }
}

impl Options {
    /// Tells an outcome: findings as they were asked for, then what was done.
    pub(super) fn tell(&self, workspace: &Workspace, outcome: Outcome) -> anyhow::Result<Exit> {
        self.tell_report(outcome.command, workspace, &outcome.report)?;
        if let Some(failure) = outcome.failure {
            return Err(failure);
        }
        for line in outcome.details.iter().chain(&outcome.summary) {
            self.say(line)?;
        }
        Ok(outcome.exit)
    }

    /// The files that findings are written to.
    pub(super) fn output_files(&self) -> anyhow::Result<Vec<PathBuf>> {
        let here = std::env::current_dir()?;
        Ok(self.outputs.iter().map(|output| here.join(&output.file)).collect())
    }

    /// Standard output, with colour or without.
    pub(super) fn out(&self) -> Out {
        let stdout = io::stdout().lock();
        Out(match self.color {
            Color::Auto => AutoStream::auto(stdout),
            Color::Always => AutoStream::always(stdout),
            Color::Never => AutoStream::never(stdout),
        })
    }

    /// Prints findings, and writes them to the files that were asked for; says how it went.
    pub(super) fn report(
        &self,
        command: &str,
        workspace: &Workspace,
        findings: Vec<Diagnostic>,
    ) -> anyhow::Result<Exit> {
        let report = Report::new(findings);
        self.tell_report(command, workspace, &report)?;
        Ok(exit(&report))
    }

    /// Prints a report, and writes it to the files that were asked for.
    pub(super) fn tell_report(&self, command: &str, workspace: &Workspace, report: &Report) -> anyhow::Result<()> {
        self.tell_page(command, workspace, report, None)
    }

    /// The same, with what the command says in Markdown in its own way.
    pub(super) fn tell_page(
        &self,
        command: &str,
        workspace: &Workspace,
        report: &Report,
        page: Option<&str>,
    ) -> anyhow::Result<()> {
        self.write_files(command, workspace, report, page)?;
        if let Some(page) = page.filter(|_| self.format == Format::Markdown) {
            return Ok(self.out().write_all(page.as_bytes())?);
        }
        let folder = workspace.in_repository();
        let run = Run { command, folder: &folder };
        let mut out = self.out();
        let colour = out.is_coloured();
        self.format.print(report, run, colour, &mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes findings to the files that were asked for; `page` is what a command says in Markdown in its own way.
    fn write_files(
        &self,
        command: &str,
        workspace: &Workspace,
        report: &Report,
        page: Option<&str>,
    ) -> anyhow::Result<()> {
        let folder = workspace.in_repository();
        let run = Run { command, folder: &folder };
        for output in &self.outputs {
            let written = match page.filter(|_| output.format == Format::Markdown) {
                Some(page) => workspace::write_report(&output.file, page.as_bytes()),
                None => output.write(report, run),
            };
            written.with_context(|| format!("cannot write {}", shown(&output.file)))?;
        }
        Ok(())
    }

    /// Prints a line for people, unless they asked for findings only or for data.
    pub(super) fn say(&self, line: &str) -> io::Result<()> {
        if self.quiet || self.format != Format::Text {
            return Ok(());
        }
        let mut out = self.out();
        // A name of a file in it adds no line.
        writeln!(out, "{}", crate::names::visible(line))?;
        out.flush()
    }
}

impl Format {
    fn print(self, report: &Report, run: Run<'_>, colour: bool, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Text => text::print(report, colour, out),
            Self::Json => json::print(report, out),
            Self::Github => github::print(report, run, out),
            Self::Sarif => sarif::print(report, run, out),
            Self::Markdown => markdown::print(report, run, out),
        }
    }
}

/// A file that findings are written to beside what is printed.
#[derive(Debug, Clone)]
pub(super) struct Output {
    format: Format,
    file: PathBuf,
}

impl Output {
    /// Reads `FORMAT=FILE`.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let formats = || Format::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let Some((format, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
            return Err("write FORMAT=FILE, such as sarif=report.sarif".to_owned());
        };
        let format = Format::from_str(format, false).map_err(|_| {
            let names: Vec<String> = formats().map(|format| format.get_name().to_owned()).collect();
            format!("unknown format `{format}`; the formats are {}", names.join(", "))
        })?;
        Ok(Self { format, file: PathBuf::from(file) })
    }

    fn write(&self, report: &Report, run: Run<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.format.print(report, run, false, &mut bytes)?;
        workspace::write_report(&self.file, &bytes)
    }
}

/// `1 file`, `2 files`.
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
