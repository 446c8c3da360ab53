//! A report as text, for people: the line of the source, the fault underlined, and what to do.

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use anstream::adapter::strip_str;

use super::github::without_commands;
use super::{DIFF_LINES, Diagnostic, Report, Severity, hits};
use crate::markdown::{hidden, one_line};
use crate::rule::Group as Class;
use crate::source::{Location, Span};

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, colour: bool, out: &mut impl Write) -> io::Result<()> {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    for diagnostic in report.diagnostics() {
        writeln!(out, "{}", without_commands(&renderer.render(&[group(diagnostic)])))?;
        if let Some(diff) = &diagnostic.diff {
            print_diff(diff, colour, out)?;
        }
        writeln!(out)?;
    }
    if report.is_empty() { Ok(()) } else { writeln!(out, "{}", report.summary()) }
}

fn group(diagnostic: &Diagnostic) -> Group<'_> {
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let is_change = diagnostic.rule.group == Class::Change;
    let level = if is_change { level.with_name(diagnostic.rule.word()) } else { level };
    let mut group = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.rule.id).element(snippet(
        &diagnostic.location,
        AnnotationKind::Primary,
        &diagnostic.label,
    ));
    for related in &diagnostic.related {
        group = group.element(snippet(&related.location, AnnotationKind::Context, &related.message));
    }
    if is_change {
        group = group.element(Level::NOTE.with_name("why").message(diagnostic.rule.why.trim_end_matches('.')));
    }
    if let Some(who) = hits(diagnostic) {
        group = group.element(Level::NOTE.message(format!("this affects {who}")));
    }
    group.element(Level::HELP.message(one_line(&diagnostic.help)))
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
        annotation = annotation.label(one_line(label));
    }
    Snippet::source(text).line_start(first).path(one_line(source.path())).annotation(annotation)
}

fn print_diff(diff: &str, colour: bool, out: &mut impl Write) -> io::Result<()> {
    const RED: anstyle::Style = anstyle::AnsiColor::Red.on_default();
    const GREEN: anstyle::Style = anstyle::AnsiColor::Green.on_default();
    const CYAN: anstyle::Style = anstyle::AnsiColor::Cyan.on_default();
    let lines: Vec<&str> = diff.lines().collect();
    for line in lines.iter().take(DIFF_LINES) {
        let style = match line.as_bytes().first() {
            Some(b'-') if colour => RED,
            Some(b'+') if colour => GREEN,
            Some(b'@') if colour => CYAN,
            _ => anstyle::Style::new(),
        };
        // Text of a file must not reach the terminal as control sequences.
        let plain = strip_str(line).to_string();
        let line: String = plain.chars().map(|c| if hidden(c) && c != '\t' { '\u{fffd}' } else { c }).collect();
        writeln!(out, "    {style}{}{style:#}", without_commands(&line))?;
    }
    if lines.len() > DIFF_LINES {
        writeln!(out, "    … and {} more lines", lines.len() - DIFF_LINES)?;
    }
    Ok(())
}
