//! A report as text, for people: the line of the source, the fault underlined, and what to do.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::adapter::strip_str;

use super::{Diagnostic, Report, Severity};
use crate::source::{Location, Span};

/// Most lines of a diff that are shown; the whole is in the JSON report.
const DIFF_LINES: usize = 40;

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, colour: bool, out: &mut impl Write) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    for diagnostic in report.diagnostics() {
        writeln!(out, "{}", renderer.render(&[group(diagnostic)]))?;
        if let Some(diff) = &diagnostic.diff {
            print_diff(diff, out)?;
        }
        writeln!(out)?;
    }
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counted = severities.map(|severity| (report.count(severity), severity.as_str()));
    let present = counted.iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> =
        present.map(|(count, one)| format!("{count} {one}{}", if *count == 1 { "" } else { "s" })).collect();
    if words.is_empty() { Ok(()) } else { writeln!(out, "{}", words.join(", ")) }
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule.id).element(snippet(
        &diagnostic.location,
        AnnotationKind::Primary,
        &diagnostic.label,
    ));
    for related in &diagnostic.related {
        group = group.element(snippet(&related.location, AnnotationKind::Context, &related.message));
    }
    group.element(Level::HELP.message(diagnostic.help.as_str()))
}

/// The lines of a place, cut out of the source so that a report is linear in what it shows.
fn snippet<'d>(location: &'d Location, kind: AnnotationKind, label: &'d str) -> Snippet<'d, Annotation<'d>> {
    const MOST_LINES: usize = 6;
    let source = &location.source;
    let first = location.start().line;
    let last = location.end().line.clamp(first, first + MOST_LINES - 1);
    let lines = source.line_range(first, last);
    let text = source.slice(lines);
    let start = (location.span.start - lines.start).min(text.len());
    let end = location.span.end.saturating_sub(lines.start).clamp(start, text.len());
    let visible = text[start..end].trim_end_matches(['\r', '\n']);
    let span = Span::new(start, start + visible.len());
    let mut annotation = kind.span(span.start..span.end);
    if !label.is_empty() {
        annotation = annotation.label(label);
    }
    Snippet::source(text).line_start(first).path(source.path()).annotation(annotation)
}

fn print_diff(diff: &str, out: &mut impl Write) -> io::Result<()> {
    const RED: anstyle::Style = anstyle::AnsiColor::Red.on_default();
    const GREEN: anstyle::Style = anstyle::AnsiColor::Green.on_default();
    const CYAN: anstyle::Style = anstyle::AnsiColor::Cyan.on_default();
    let lines: Vec<&str> = diff.lines().collect();
    for line in lines.iter().take(DIFF_LINES) {
        let style = match line.as_bytes().first() {
            Some(b'-') => RED,
            Some(b'+') => GREEN,
            Some(b'@') => CYAN,
            _ => anstyle::Style::new(),
        };
        // Text of a file must not reach the terminal as control sequences.
        let line: String = strip_str(line)
            .to_string()
            .chars()
            .map(|c| if c.is_control() && c != '\t' { '\u{fffd}' } else { c })
            .collect();
        writeln!(out, "    {style}{line}{style:#}")?;
    }
    if lines.len() > DIFF_LINES {
        writeln!(out, "    … and {} more lines", lines.len() - DIFF_LINES)?;
    }
    Ok(())
}
