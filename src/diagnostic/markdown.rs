//! A report as Markdown: for the summary of a job, or a comment on a pull request.
//!
//! Text of a file stays text: it makes no markup, no link and no mention. What would be too long for a
//! comment is left out with its number; nothing is left out in between.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::github::without_commands;
use super::{DIFF_LINES, Diagnostic, Report, Run, counts, hits, page};
use crate::markdown::{comment, fence, span};

/// By this line a later run finds its comment again.
pub const MARKER: &str = "<!-- inngest-offload report -->";

/// Most characters of a report. GitHub refuses comments of more than 65,536.
pub const MOST: usize = 60_000;

/// What the last line, about what is left out, may need of them.
const RESERVE: usize = 400;

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, run: Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut text = format!("{MARKER}\n\n## inngest-offload {}: {}\n", run.command, report.summary());
    let mut room = MOST - RESERVE - text.chars().count();
    let findings = report.diagnostics();
    let mut file = None;
    for (shown, finding) in findings.iter().enumerate() {
        let path = finding.location.source.path();
        let heading = if file == Some(path) { String::new() } else { heading(run, path) };
        let whole = heading.clone() + &item(finding, run, finding.diff.as_deref());
        let fits = |item: String| (item.chars().count() <= room).then_some(item);
        let short = || finding.diff.is_some().then(|| heading + &item(finding, run, None)).and_then(fits);
        let Some(item) = fits(whole).or_else(short) else {
            text.push_str(&left_out(&findings[shown..], run));
            break;
        };
        room -= item.chars().count();
        text.push_str(&item);
        file = Some(path);
    }
    out.write_all(text.as_bytes())
}

fn heading(run: Run<'_>, path: &str) -> String {
    without_commands(&format!("\n### {}\n\n", span(&run.path(path)))).into_owned()
}

/// One finding as an item of a list.
fn item(finding: &Diagnostic, run: Run<'_>, diff: Option<&str>) -> String {
    let (at, _) = finding.location.visible();
    let rule = format!("[{}]({})", span(finding.rule.id), page(finding.rule));
    let severity = finding.rule.word();
    let message = comment(&finding.message);
    let mut out = format!("- **{severity}** {rule} in line {}, column {}: {message}\n", at.line, at.column);
    for related in &finding.related {
        let (at, _) = related.location.visible();
        let place = format!("{}:{}:{}", run.path(related.location.source.path()), at.line, at.column);
        let _ = writeln!(out, "  - {}: {}", comment(&related.message), span(&place));
    }
    if let Some(who) = hits(finding) {
        let _ = writeln!(out, "  - This affects {who}.");
    }
    let _ = writeln!(out, "  - To do: {}", comment(&finding.help));
    match (diff, &finding.diff) {
        (Some(diff), _) => out.push_str(&diff_block(diff)),
        (None, Some(_)) => out.push_str("  - The diff is left out, because it is too long for a comment.\n"),
        (None, None) => {}
    }
    without_commands(&out).into_owned()
}

/// The beginning of a diff, as a part of an item.
fn diff_block(diff: &str) -> String {
    let lines: Vec<&str> = diff.lines().collect();
    let mut shown = lines[..lines.len().min(DIFF_LINES)].join("\n");
    if lines.len() > DIFF_LINES {
        let _ = write!(shown, "\n… and {} more lines", lines.len() - DIFF_LINES);
    }
    let mut out = String::from("\n");
    for line in fence("diff", &shown).lines() {
        let _ = writeln!(out, "  {line}");
    }
    out
}

fn left_out(findings: &[Diagnostic], run: Run<'_>) -> String {
    let what = counts(findings.iter());
    format!(
        "\n{what} left out, because this report would be too long for a comment. Run `inngest-offload {}` to see \
         all findings.\n",
        run.command
    )
}
