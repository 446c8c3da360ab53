//! Reports, printed and read back with a parser of each format.

use inngest_offload::diagnostic::{Diagnostic, Report, Run, github, json, sarif, text};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use serde_json::Value;

pub(crate) const RUN: Run<'_> = Run { command: "check", folder: "" };

/// What every printer has to say of a finding: severity, rule, file, line, column.
pub(crate) type Told = (String, String, String, usize, usize);

pub(crate) fn print(
    report: &Report,
    run: Run<'_>,
    printer: fn(&Report, Run<'_>, &mut Vec<u8>) -> std::io::Result<()>,
) -> String {
    let mut out = Vec::new();
    printer(report, run, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("text")
}

pub(crate) fn plain_json(report: &Report, _: Run<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
    json::print(report, out)
}

pub(crate) fn plain_text(report: &Report, _: Run<'_>, out: &mut Vec<u8>) -> std::io::Result<()> {
    text::print(report, false, out)
}

pub(crate) fn told(finding: &Diagnostic) -> Told {
    let (at, _) = finding.location.visible();
    let (rule, severity) = (finding.rule.id.to_owned(), finding.rule.severity.as_str().to_owned());
    (severity, rule, finding.location.source.path().to_owned(), at.line, at.column)
}

/// The places as the compiler has them: JSON is for programs that have the text themselves.
pub(crate) fn exact(report: &Report) -> Vec<Told> {
    let exact = report.diagnostics().iter().map(|finding| {
        let at = finding.location.start();
        let (severity, rule, file, ..) = told(finding);
        (severity, rule, file, at.line, at.column)
    });
    exact.collect()
}

pub(crate) fn from_json(report: &Report) -> Vec<Told> {
    let value: Value = serde_json::from_str(&print(report, RUN, plain_json)).expect("JSON");
    let word = |value: &Value| value.as_str().expect("text").to_owned();
    let findings = value["findings"].as_array().expect("findings").iter().map(|finding| {
        let (line, column) = (number(&finding["start"]["line"]), number(&finding["start"]["column"]));
        (word(&finding["severity"]), word(&finding["rule"]), word(&finding["file"]), line, column)
    });
    findings.collect()
}

pub(crate) fn from_sarif(report: &Report, run: Run<'_>) -> Vec<Told> {
    let log: Value = serde_json::from_str(&print(report, run, sarif::print)).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results").iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let (line, column) = (number(&place["region"]["startLine"]), number(&place["region"]["startColumn"]));
        let file = decoded(place["artifactLocation"]["uri"].as_str().expect("uri"));
        let word = |value: &Value| value.as_str().expect("text").to_owned();
        (word(&result["level"]), word(&result["ruleId"]), file, line, column)
    });
    results.collect()
}

pub(crate) fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("small")
}

pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| std::str::from_utf8(&after[..2]).expect("digits"));
        bytes.push(code.map_or(*first, |code| u8::from_str_radix(code, 16).expect("digits")));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).expect("text")
}

/// Reads commands as the runner does.
pub(crate) fn from_github(report: &Report, run: Run<'_>) -> Vec<Told> {
    let log = print(report, run, github::print);
    let commands = log.lines().filter_map(|line| line.strip_prefix("::")).map(|line| {
        let (head, message) = line.split_once("::").expect("a message");
        assert!(!message.is_empty());
        let (command, properties) = head.split_once(' ').expect("properties");
        let property = |name: &str| {
            let found = properties.split(',').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            found.map(decoded)
        };
        let number = |name: &str| property(name).map(|text| text.parse::<usize>().expect("a number"));
        let (line, end) = (number("line").expect("line"), number("endLine").expect("endLine"));
        assert!(line <= end && number("col") <= number("endColumn"));
        assert_eq!(number("col").is_some(), line == end, "columns are for one line");
        let severity = if command == "notice" { "note" } else { command }.to_owned();
        let rule = property("title").expect("title");
        (severity, rule, property("file").expect("file"), line, number("col"))
    });
    let found: Vec<_> = commands.collect();
    assert_eq!(found.len(), report.diagnostics().len());
    let columns = report.diagnostics().iter().map(|finding| finding.location.visible().0.column);
    found.into_iter().zip(columns).map(|((a, b, c, d, e), known)| (a, b, c, d, e.unwrap_or(known))).collect()
}

pub(crate) fn from_markdown(page: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let (mut file, mut heading) = (String::new(), false);
    let mut item = None::<(String, String)>;
    let mut words = String::new();
    let mut depth = 0;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => heading = false,
            Event::Code(code) if heading => file = code.into_string(),
            Event::Start(Tag::Item) => depth += 1,
            Event::End(TagEnd::Item) => depth -= 1,
            Event::Start(Tag::Link { dest_url, .. }) if depth == 1 => {
                let rule = dest_url.rsplit('#').next().expect("a rule").to_owned();
                item = Some((words.trim().to_owned(), rule));
                words.clear();
            }
            Event::Text(text) if depth == 1 => {
                words.push_str(&text);
                if item.is_some() && words.contains(':') {
                    let (severity, rule) = item.take().expect("an item");
                    let place = words.split(':').next().expect("a place").replace("in line", "").replace("column", "");
                    let mut numbers = place.split(',').map(|text| text.trim().parse::<usize>().expect("a number"));
                    let (line, column) = (numbers.next().expect("line"), numbers.next().expect("column"));
                    found.push((severity, rule, file.clone(), line, column));
                }
            }
            Event::Start(Tag::List(_)) => words.clear(),
            _ => {}
        }
        if depth == 0 {
            words.clear();
        }
    }
    found
}

pub(crate) fn from_text(report: &Report) -> Vec<Told> {
    let log = print(report, RUN, plain_text);
    let mut found: Vec<Told> = Vec::new();
    let mut head = None;
    for line in log.lines() {
        let title = ["error", "warning", "note"].into_iter().find_map(|severity| {
            let (rule, _) = line.strip_prefix(severity)?.strip_prefix('[')?.split_once("]: ")?;
            Some((severity.to_owned(), rule.to_owned()))
        });
        if title.is_some() {
            head = title;
        } else if let Some((_, place)) = line.split_once("--> ")
            && let Some((severity, rule)) = head.take()
        {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().expect("a number").parse::<usize>().expect("a number");
            let (column, line) = (number(), number());
            found.push((severity, rule, parts.next().expect("a file").to_owned(), line, column));
        }
    }
    found
}
