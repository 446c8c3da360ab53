//! Where words go: findings and answers to standard output, in colour where it is wanted.
//!
//! A reader that goes away, such as `head`, misses the rest of the words and changes nothing else: not
//! what is written to the disk, not the exit code.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Color, Exit, Format, Options};
use crate::diagnostic::{self, Diagnostic, Report, Severity};

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
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(done),
        result => result,
    }
}

impl Options {
    /// Standard output, with colour or without.
    pub(super) fn out(&self) -> Out {
        let stdout = io::stdout().lock();
        Out(match self.color {
            Color::Auto => AutoStream::auto(stdout),
            Color::Always => AutoStream::always(stdout),
            Color::Never => AutoStream::never(stdout),
        })
    }

    /// Prints findings; says how it went.
    pub(super) fn report(&self, findings: Vec<Diagnostic>) -> io::Result<Exit> {
        let report = Report::new(findings);
        let fails = report.count(Severity::Error) + report.count(Severity::Warning) > 0;
        let exit = if fails { Exit::Findings } else { Exit::Clean };
        let mut out = self.out();
        match self.format {
            Format::Json => diagnostic::json::print(&report, &mut out)?,
            Format::Text => diagnostic::text::print(&report, out.is_coloured(), &mut out)?,
        }
        out.flush()?;
        Ok(exit)
    }

    /// Prints a line for people, unless they asked for findings only or for data.
    pub(super) fn say(&self, line: &str) -> io::Result<()> {
        if self.quiet || self.format != Format::Text {
            return Ok(());
        }
        let mut out = self.out();
        writeln!(out, "{line}")
    }
}

/// `1 file`, `2 files`.
pub(super) fn count(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}
