//! The page of the reports: one small spec with faults, printed in every format. The words of the page
//! are in `reports.md` beside this file; nothing that a printer gives is written by hand.

use std::io;

use crate::compile::compile;
use crate::diagnostic::{DIFF_LINES, Diagnostic, Report, Run, github, json, markdown, sarif, text};
use crate::markdown::fence;

const PAGE: &str = include_str!("reports.md");
const SPEC: &str = include_str!("reports.yaml");

/// The page, as Markdown.
///
/// # Errors
/// None that memory does not give.
pub fn reports() -> io::Result<String> {
    let report = Report::new(findings());
    let run = Run { command: "check", folder: "" };
    let mut page = PAGE.replace("{{spec}}", SPEC.trim_end());
    page = page.replace("{{diff}}", &DIFF_LINES.to_string());
    page = page.replace("{{results}}", &grouped(sarif::MOST));
    page = page.replace("{{characters}}", &grouped(markdown::MOST));
    let outputs: [(&str, &str, Vec<u8>); 5] = [
        ("text", "text", printed(|out| text::print(&report, false, out))?),
        ("json", "json", printed(|out| json::print(&report, out))?),
        ("github", "text", printed(|out| github::print(&report, run, out))?),
        ("sarif", "json", printed(|out| sarif::print(&report, run, out))?),
        ("markdown", "markdown", printed(|out| markdown::print(&report, run, out))?),
    ];
    for (name, language, bytes) in outputs {
        let shown = fence(language, &String::from_utf8_lossy(&bytes));
        // What is shown is what is printed, not what a formatter makes of it.
        page = page.replace(&format!("{{{{{name}}}}}"), &format!("<!-- prettier-ignore -->\n{shown}"));
    }
    Ok(page)
}

fn findings() -> Vec<Diagnostic> {
    match compile("spec/inngest-offload.yaml", SPEC.as_bytes().to_vec()) {
        Ok(compiled) => compiled.findings,
        Err(found) => found,
    }
}

fn printed(print: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    print(&mut out)?;
    Ok(out)
}

/// `25,000`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let (thousands, rest) = digits.split_at(digits.len().saturating_sub(3));
    if thousands.is_empty() { rest.to_owned() } else { format!("{thousands},{rest}") }
}
