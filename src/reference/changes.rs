//! The page of `diff`: a small contract and another one, told as text and as a comment. The words of the
//! page are in `changes.md` beside this file; nothing that a printer gives is written by hand.

use std::io;

use crate::compile::compile;
use crate::diagnostic::{Report, Severity, text};
use crate::diff::{RULES, comment, diff};
use crate::markdown::fence;
use crate::plan::unified::unified;

const PAGE: &str = include_str!("changes.md");
const OLD: &str = include_str!("changes.yaml");
const EDITS: [(&str, &str); 4] = [
    ("      attemptedBy:", "      requestedBy:"),
    ("    window: 5m\n", "    window: 10m\n"),
    ("    payload: ReportData\n", "    payload: ReportData\n    function: { retries: 1 }\n"),
    ("nightly-report/route.ts]", "nightly-report/route.ts, lib/report.ts]"),
];

/// The page, as Markdown.
///
/// # Errors
/// None that memory does not give.
pub fn changes() -> io::Result<String> {
    const FILE: &str = "spec/inngest-offload.yaml";
    let new = EDITS.iter().fold(OLD.to_owned(), |text, (was, is)| text.replacen(was, is, 1));
    let side = |path: &str, text: &str| {
        compile(path, text.as_bytes().to_vec()).map_err(|_| io::Error::other("the example does not compile"))
    };
    let former = format!("{FILE}@origin/main");
    let report = Report::new(diff(&side(&former, OLD)?, &side(FILE, &new)?));
    let mut printed = Vec::new();
    text::print(&report, false, &mut printed)?;
    // What is shown is what is printed, not what a formatter makes of it.
    let shown = |language: &str, text: &str| format!("<!-- prettier-ignore -->\n{}", fence(language, text));
    let count = |severity| RULES.iter().filter(|rule| rule.meta.severity == severity).count().to_string();
    let difference = unified(FILE, OLD, &new);
    let hunks = difference.find("@@").and_then(|start| difference.get(start..)).unwrap_or_default();
    let parts = [
        ("count", RULES.len().to_string()),
        ("breaking", count(Severity::Error)),
        ("risky", count(Severity::Warning)),
        ("safe", count(Severity::Note)),
        ("old", OLD.trim_end().to_owned()),
        ("diff", hunks.trim_end().to_owned()),
        ("text", shown("text", &String::from_utf8_lossy(&printed))),
        ("markdown", shown("markdown", &comment::comment(&report, &former, ""))),
        ("most", "60,000".to_owned()),
    ];
    Ok(parts.iter().fold(PAGE.to_owned(), |page, (name, text)| page.replace(&format!("{{{{{name}}}}}"), text)))
}
