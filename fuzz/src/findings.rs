//! What holds for findings of every kind: a message, something to do, and a place inside of a text that there is.

use inngest_offload::diagnostic::{Diagnostic, Report, Run, github, json, markdown, sarif, text};
use inngest_offload::source::Location;

/// Most findings for one byte of input, with some for nothing: a fault is told once, not at every place that it reaches.
const SOME: usize = 200;

fn place(location: &Location) {
    let (whole, span) = (location.source.text(), location.span);
    assert!(span.start <= span.end && span.end <= whole.len(), "{span:?} of {}", whole.len());
    assert!(whole.is_char_boundary(span.start) && whole.is_char_boundary(span.end), "{span:?} splits a character");
    assert!(location.start().line >= 1 && location.start() <= location.end());
}

/// Findings of an input of so many bytes are sound, and so is each print of them.
pub fn sound(findings: &[Diagnostic], input: usize) {
    assert!(findings.len() <= SOME + input, "{} findings for {input} bytes", findings.len());
    for finding in findings {
        assert!(!finding.message.trim().is_empty() && !finding.help.trim().is_empty(), "{finding:?}");
        place(&finding.location);
        finding.related.iter().for_each(|related| place(&related.location));
    }
    if !findings.is_empty() {
        printed(&Report::new(findings.to_vec()), input);
    }
}

/// Every printer takes every report; one of them for each input, since they take longer than what finds.
fn printed(report: &Report, input: usize) {
    let run = Run { command: "check", folder: "" };
    let mut out = Vec::new();
    match input % 5 {
        0 => text::print(report, false, &mut out).expect("text"),
        1 => github::print(report, run, &mut out).expect("annotations"),
        2 => markdown::print(report, run, &mut out).expect("Markdown"),
        3 => json::print(report, &mut out).expect("JSON"),
        _ => sarif::print(report, run, &mut out).expect("SARIF"),
    }
    assert!(std::str::from_utf8(&out).is_ok_and(|text| !text.is_empty()));
    if input % 5 >= 3 {
        serde_json::from_slice::<serde_json::Value>(&out).expect("data");
    }
}

/// Findings as they compare: everything that people see of them.
pub fn told(findings: Vec<Diagnostic>) -> Vec<String> {
    let mut told: Vec<String> = findings
        .into_iter()
        .map(|f| {
            format!(
                "{} {:?} {} {} {} {}",
                f.location.source.path(),
                f.location.span,
                f.rule.id,
                f.message,
                f.label,
                f.help
            )
        })
        .collect();
    told.sort();
    told
}
