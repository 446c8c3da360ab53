//! One report, many printers: the same findings in the same order in all of them, whatever the text of
//! the findings is. Every output is read back with a parser, not looked at.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod examples;
mod overlay;
mod readers;

use std::sync::Arc;

use inngest_offload::catalogue::catalogue;
use inngest_offload::compile::compile;
use inngest_offload::diagnostic::{Diagnostic, Related, Report, Run, github, json, markdown, sarif};
use inngest_offload::rule::{Audience, Group, Meta, Severity};
use inngest_offload::source::{Location, Source, Span};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use readers::{
    RUN, Told, exact, from_github, from_json, from_markdown, from_sarif, from_text, plain_json, plain_text, print, told,
};
use serde_json::Value;

#[test]
fn all_printers_tell_the_same_in_the_same_order() {
    for (name, report) in [("catalogue", catalogue_report()), ("hostile", hostile_report()), ("places", places())] {
        let expected: Vec<Told> = report.diagnostics().iter().map(told).collect();
        assert!(!expected.is_empty());
        assert_eq!(from_json(&report), exact(&report), "json: {name}");
        assert_eq!(from_sarif(&report, RUN), expected, "sarif: {name}");
        assert_eq!(from_github(&report, RUN), expected, "github: {name}");
        let shown = from_markdown(&print(&report, RUN, markdown::print));
        assert!(!shown.is_empty());
        // A heading stands on one line.
        let headed = expected.iter().map(|(a, b, file, c, d)| (a.clone(), b.clone(), file.replace('\n', " "), *c, *d));
        assert!(headed.take(shown.len()).eq(shown.iter().cloned()), "markdown: {name}: {shown:?}");
        assert!(name == "catalogue" || shown.len() == expected.len(), "{name}: {} of {}", shown.len(), expected.len());
        if name == "catalogue" {
            assert_eq!(from_text(&report), expected, "text: {name}");
        }
    }
}

#[test]
fn every_report_has_the_shapes_that_are_published() {
    let sarif_schema = official_schema();
    let own_schema = jsonschema::draft202012::new(&json::schema()).expect("a schema");
    let bad = catalogue().into_iter().filter_map(|meta| examples::bytes(meta.bad)).map(findings);
    let cases = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases")).expect("cases");
    let cases = cases.map(|case| case.expect("entry").path().join("spec.yaml")).map(std::fs::read);
    let mut seen = 0;
    for found in bad.chain(cases.flatten().map(findings)).chain([Vec::new()]) {
        hold(&sarif_schema, &own_schema, &Report::new(found));
        seen += 1;
    }
    for report in [catalogue_report(), hostile_report(), places()] {
        hold(&sarif_schema, &own_schema, &report);
    }
    assert!(seen > 150, "only {seen} reports");
}

fn hold(sarif_schema: &jsonschema::Validator, own_schema: &jsonschema::Validator, report: &Report) {
    for (schema, text) in
        [(sarif_schema, print(report, RUN, sarif::print)), (own_schema, print(report, RUN, plain_json))]
    {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let faults: Vec<String> = schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

/// Formats are checked too: addresses of files and rules are URIs.
fn official_schema() -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(include_str!("schemas/sarif-2.1.0.json")).expect("JSON");
    // The standard has a `]` too many here, which not every engine forgives. No report has a language.
    for holder in ["run", "toolComponent"] {
        schema["definitions"][holder]["properties"]["language"].as_object_mut().expect("a map").remove("pattern");
    }
    jsonschema::options().should_validate_formats(true).build(&schema).expect("the official schema compiles")
}

#[test]
fn the_official_schema_refuses_what_is_no_sarif() {
    let schema = official_schema();
    let mut log: Value = serde_json::from_str(&print(&places(), RUN, sarif::print)).expect("JSON");
    assert!(schema.is_valid(&log));
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b".into();
    assert!(!schema.is_valid(&log), "formats are not checked");
}

#[test]
fn sarif_describes_each_rule_once_and_links_both_places() {
    let log: Value = serde_json::from_str(&print(&catalogue_report(), RUN, sarif::print)).expect("JSON");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let mut ids: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md")).expect("the page");
    for rule in rules {
        let id = rule["id"].as_str().expect("id");
        assert!(rule["helpUri"].as_str().expect("helpUri").ends_with(&format!("/docs/rules.md#{id}")));
        assert!(page.contains(&format!("\n### `{id}`\n")), "{id} has no heading to link to");
        assert!(rule["name"].as_str().expect("name").bytes().all(|b| b.is_ascii_alphanumeric()));
    }
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "a rule is described twice");
    let mut linked = 0;
    let mut prints: Vec<&str> = Vec::new();
    for result in run["results"].as_array().expect("results") {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("ruleIndex")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let text = result["message"]["text"].as_str().expect("text");
        for related in result["relatedLocations"].as_array().into_iter().flatten() {
            assert!(text.contains(&format!("]({})", related["id"])), "{text}");
            linked += 1;
        }
        prints.extend(result["partialFingerprints"]["inngestOffload/v1"].as_str());
    }
    assert!(linked > 20, "only {linked} second places");
    let count = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), count, "two findings have one fingerprint");
}

#[test]
fn a_finding_is_known_again_when_its_line_moves() {
    let prints = |lines: usize| {
        let source = Arc::new(Source::new("a.yaml", format!("{}x\nx\n", "\n".repeat(lines))));
        let at = |start: usize| Location { source: source.clone(), span: Span::new(start, start + 1) };
        let found = vec![
            Diagnostic::new(&RULE, at(lines), "it is wrong", "mend it"),
            Diagnostic::new(&RULE, at(lines + 2), "it is wrong", "mend it"),
        ];
        let log: Value = serde_json::from_str(&print(&Report::new(found), RUN, sarif::print)).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|result| result["partialFingerprints"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(prints(0), prints(7));
    assert_ne!(prints(0)[0], prints(0)[1], "the second of two is another");
}

#[test]
fn code_scanning_takes_no_more_than_it_takes() {
    let source = Arc::new(Source::new("a.yaml", "x\n".repeat(sarif::MOST + 7)));
    let at = |line: usize| Location { source: source.clone(), span: Span::new(2 * line, 2 * line + 1) };
    let many = (0..sarif::MOST + 7).map(|line| Diagnostic::new(&RULE, at(line), format!("fault {line}"), "mend it"));
    let report = Report::new(many.collect());
    let log: Value = serde_json::from_str(&print(&report, RUN, sarif::print)).expect("JSON");
    assert_eq!(log["runs"][0]["results"].as_array().map(Vec::len), Some(sarif::MOST));
    let told = log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].to_string();
    assert!(told.contains("7 findings are left out"), "{told}");
    let page = print(&report, RUN, markdown::print);
    assert!(page.chars().count() <= markdown::MOST, "{}", page.chars().count());
    let shown = from_markdown(&page).len();
    assert!(page.contains(&format!("{} warnings left out", sarif::MOST + 7 - shown)), "{}", &page[page.len() - 300..]);
    let log = print(&report, RUN, github::print);
    assert!(log.ends_with("24997 warnings more are only in this log\n"), "{}", &log[log.len() - 200..]);
}

#[test]
fn a_diff_that_is_too_long_goes_before_its_finding() {
    let source = Arc::new(Source::new("a.ts", "x\n".to_owned()));
    let mut finding = Diagnostic::of_file(&RULE, &source, "it is wrong", "mend it");
    finding.diff = Some(format!("-{}\n", "x".repeat(markdown::MOST)));
    let page = print(&Report::new(vec![finding]), RUN, markdown::print);
    assert!(page.contains("it is wrong") && page.contains("The diff is left out"), "{page}");
    assert!(page.chars().count() <= markdown::MOST);
}

#[test]
fn paths_are_those_of_the_repository() {
    let run = Run { command: "check", folder: "apps/web/" };
    let report = places();
    for file in from_sarif(&report, run).into_iter().chain(from_github(&report, run)).map(|told| told.2) {
        assert!(file.starts_with("apps/web/"), "{file}");
    }
    let log: Value = serde_json::from_str(&print(&report, run, sarif::print)).expect("JSON");
    assert_eq!(log["runs"][0]["automationDetails"]["id"], "inngest-offload/check/apps/web/");
    assert!(print(&report, run, markdown::print).contains("### `apps/web/"));
}

#[test]
fn no_report_can_give_a_command_to_a_runner() {
    let report = hostile_report();
    let count = report.diagnostics().len();
    let log = print(&report, RUN, github::print);
    assert_eq!(log.lines().filter(|line| line.starts_with("::")).count(), count);
    assert_eq!(log.lines().count(), count + 1, "{log}");
    for (name, log) in [("text", print(&report, RUN, plain_text)), ("markdown", print(&report, RUN, markdown::print))] {
        for line in log.lines() {
            let begins = line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':'));
            assert!(!begins && !line.contains("##["), "{name}: {line}");
        }
    }
}

#[test]
fn hostile_text_is_no_markup_and_calls_nobody() {
    let page = print(&hostile_report(), RUN, markdown::print);
    assert!(page.starts_with(markdown::MARKER));
    let mut prose = String::new();
    let mut code = 0;
    for event in Parser::new_ext(&page, Options::all()) {
        match event {
            Event::Html(html) => assert_eq!(html.trim_end(), markdown::MARKER),
            Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Image { .. } | Tag::Table(_) | Tag::BlockQuote(_) | Tag::FootnoteDefinition(_)) => {
                panic!("markup out of text")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with(env!("CARGO_PKG_REPOSITORY")), "{dest_url}");
            }
            Event::Start(Tag::CodeBlock(_)) => code += 1,
            Event::End(TagEnd::CodeBlock) => code -= 1,
            Event::Text(text) if code == 0 => prose.push_str(&text),
            Event::Start(Tag::Item | Tag::Paragraph) | Event::SoftBreak => prose.push('\n'),
            _ => {}
        }
    }
    let follows =
        |sign: char, next: fn(char) -> bool| prose.match_indices(sign).any(|(at, _)| prose[at + 1..].starts_with(next));
    assert!(prose.contains('@') && !follows('@', |c| c.is_alphanumeric()), "{prose}");
    assert!(!follows('#', |c| c.is_ascii_digit()), "{prose}");
    for (name, text) in [
        ("markdown", &page),
        ("github", &print(&hostile_report(), RUN, github::print)),
        (
            "sarif",
            &print(&hostile_report(), RUN, |report, run, out| {
                let mut log = Vec::new();
                sarif::print(report, run, &mut log)?;
                let log: Value = serde_json::from_slice(&log)?;
                let results = log["runs"][0]["results"].as_array().expect("results").clone();
                out.extend(results.iter().flat_map(|result| result["message"]["text"].as_str().expect("text").bytes()));
                Ok(())
            }),
        ),
        ("text", &print(&hostile_report(), RUN, plain_text)),
    ] {
        for hidden in ['\u{202e}', '\u{2066}', '\u{0007}', '\u{1b}'] {
            assert!(!text.contains(hidden), "{name} has {hidden:?}");
        }
    }
}

static RULE: Meta = meta(Severity::Warning);
static NOTE: Meta = meta(Severity::Note);

const fn meta(severity: Severity) -> Meta {
    Meta {
        id: "device-name",
        severity,
        group: Group::Policy,
        summary: "A summary.",
        why: "A reason.",
        bad: inngest_offload::rule::Example::Whole(""),
        good: inngest_offload::rule::Example::Whole(""),
    }
}

/// Text that every format could read as its own.
const HOSTILE: &str = "x\n::set-output name=a::b\r\n%0A::error::c | `q` ``r <b onclick=\"a()\">&lt;</b> <!-- --> [l](javascript:alert(1)) \
[m](0) {0} {window} ![i](data:x) ##[add-mask]z ```\n# h\n- i\n> q @octocat @org/team fixes #12 GH-3 \u{202e}\u{2066}\u{7}\u{1b}[31m \\ \t é 🦀 https://a.example/@x";

/// All findings of the bad examples, each in a file of its own, as one report.
fn catalogue_report() -> Report {
    let mut all = Vec::new();
    for meta in catalogue() {
        let Some(bytes) = examples::bytes(meta.bad).filter(|bytes| bytes.len() < 100_000) else { continue };
        let path = format!("specs/{}.yaml", meta.id);
        all.extend(match compile(&path, bytes) {
            Ok(compiled) => compiled.findings,
            Err(found) => found,
        });
    }
    assert!(all.len() > 100);
    Report::new(all)
}

fn hostile_report() -> Report {
    let mut all = Vec::new();
    for (name, meta) in [("a b,c:d%\n[é](x).yaml", &RULE), ("`x` | <b> @octocat #1.yaml", &NOTE)] {
        let source = Arc::new(Source::new(name, format!("key: {HOSTILE}\n##[group]x\n  ::group::y\n")));
        let end = source.text().len();
        for span in [Span::new(0, 3), Span::new(5, 30), Span::new(end - 10, end - 1)] {
            let location = Location { source: source.clone(), span };
            let long = format!("`{HOSTILE}` is {HOSTILE} {}", "long ".repeat(1_000));
            let mut finding = Diagnostic::new(meta, location.clone(), long, HOSTILE);
            finding.label = HOSTILE.to_owned();
            finding.related.push(Related { location, message: HOSTILE.to_owned() });
            finding.offload = Some(HOSTILE.to_owned());
            finding.diff = Some(format!("--- a\n+++ b\n@@ -1,2 +1,2 @@\n ::stop-commands::x\n-{HOSTILE}\n+````\n"));
            finding.hits = &[Audience::RunsInFlight, Audience::Producers];
            all.push(finding);
        }
    }
    Report::new(all)
}

/// Places at the ends of texts of every kind.
fn places() -> Report {
    let mut all = Vec::new();
    for (name, text) in [
        ("empty", ""),
        ("line", "a: b"),
        ("ends", "a: b\n"),
        ("crlf", "a: b\r\nc: d\r\n"),
        ("bytes", "é🦀: ü\nß: 𝄞"),
        ("blank", "\n\n"),
    ] {
        let source = Arc::new(Source::new(format!("{name}.yaml"), text.to_owned()));
        let end = text.len();
        let line = text.find('\n').map_or(end, |at| at + 1);
        for (number, span) in
            [Span::new(0, 0), Span::new(0, end), Span::new(0, line), Span::new(end, end)].into_iter().enumerate()
        {
            let location = Location { source: source.clone(), span };
            all.push(Diagnostic::new(&RULE, location, format!("fault {number}"), "mend it"));
        }
    }
    Report::new(all)
}

fn findings(bytes: Vec<u8>) -> Vec<Diagnostic> {
    match compile("spec/inngest-offload.yaml", bytes) {
        Ok(compiled) => compiled.findings,
        Err(found) => found,
    }
}
