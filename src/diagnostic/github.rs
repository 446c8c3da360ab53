//! A report as annotations of GitHub: one workflow command a finding, each on one line, then a summary.
//!
//! A runner of GitHub reads commands out of everything that a step prints. So text of a file is escaped
//! here, and [`without_commands`] serves the printers whose text may end up in such a log. Nothing here
//! asks whether it runs on GitHub.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use super::{Diagnostic, Report, Run, Severity, hits, number};
use crate::markdown::one_line;

/// How many annotations of one severity GitHub shows of a step.
const SHOWN: usize = 10;

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, run: Run<'_>, out: &mut impl Write) -> io::Result<()> {
    for finding in report.diagnostics() {
        writeln!(out, "{}", annotation(finding, run))?;
    }
    writeln!(out, "{}", report.summary())?;
    let hidden: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter_map(|severity| {
            let more = report.count(severity).saturating_sub(SHOWN);
            (more > 0).then(|| number(more, severity))
        })
        .collect();
    if !hidden.is_empty() {
        let hidden = hidden.join(" and ");
        writeln!(
            out,
            "GitHub shows at most {SHOWN} annotations of each severity per step: {hidden} more are only in this log"
        )?;
    }
    Ok(())
}

fn annotation(finding: &Diagnostic, run: Run<'_>) -> String {
    let command = match finding.rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (start, end) = finding.location.visible();
    let file = run.path(finding.location.source.path());
    let mut out = format!("::{command} file={},line={},endLine={}", property(&file), start.line, end.line);
    // Columns of a range over several lines are refused.
    if start.line == end.line {
        let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
    }
    let _ = write!(out, ",title={}::", property(finding.rule.id));
    let mut lines = vec![one_line(&finding.message).into_owned()];
    for related in &finding.related {
        let (at, _) = related.location.visible();
        let file = run.path(related.location.source.path());
        lines.push(format!("{}: {}:{}:{}", one_line(&related.message), one_line(&file), at.line, at.column));
    }
    lines.extend(hits(finding).map(|who| format!("this affects {who}")));
    lines.push(format!("help: {}", one_line(&finding.help)));
    out.push_str(&data(&lines.join("\n")));
    out
}

/// Text as the message of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Lines of a report for people in which a runner of GitHub finds no command: none begins with `::` and
/// a name, and `##[` stands nowhere.
pub(crate) fn without_commands(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| {
        let after = line.trim_start().strip_prefix("::");
        after.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    if !text.contains("##[") && !text.lines().any(begins) {
        return Cow::Borrowed(text);
    }
    let lines = text.split('\n').map(|line| {
        let line = line.replace("##[", "## [");
        if begins(&line) { line.replacen("::", ": :", 1) } else { line }
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{data, property, without_commands};

    #[test]
    fn text_is_no_command() {
        assert_eq!(data("a\r\n::set-output name=x::100%"), "a%0D%0A::set-output name=x::100%25");
        assert_eq!(data("%0A::error::x"), "%250A::error::x");
        assert_eq!(property("a,b:c%\n"), "a%2Cb%3Ac%25%0A");
        assert_eq!(without_commands("  ::stop-commands::x\na :: b"), "  : :stop-commands::x\na :: b");
        assert_eq!(without_commands("9 | ##[add-mask]x"), "9 | ## [add-mask]x");
        assert_eq!(without_commands(" ::: file.yaml"), " ::: file.yaml");
    }
}
