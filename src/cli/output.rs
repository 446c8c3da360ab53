//! Where words go: findings and answers to standard output, in colour where it is wanted.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::{Color, Exit, Format, Options};
use crate::diagnostic::{self, Diagnostic, Report};

impl Options {
    /// Standard output, with colour or without.
    pub(super) fn out(&self) -> AutoStream<io::StdoutLock<'static>> {
        let stdout = io::stdout().lock();
        match self.color {
            Color::Auto => AutoStream::auto(stdout),
            Color::Always => AutoStream::always(stdout),
            Color::Never => AutoStream::never(stdout),
        }
    }

    /// Prints findings; says how it went.
    pub(super) fn report(&self, findings: Vec<Diagnostic>) -> io::Result<Exit> {
        let report = Report::new(findings);
        let exit = if report.is_empty() { Exit::Clean } else { Exit::Findings };
        let mut out = self.out();
        match self.format {
            Format::Json => diagnostic::json::print(&report, &mut out)?,
            Format::Text => diagnostic::text::print(&report, out.current_choice() != ColorChoice::Never, &mut out)?,
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
