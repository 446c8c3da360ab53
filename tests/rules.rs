//! Every rule's own examples: `bad` fires that rule and no other, `good` is silent. `RULE=` with an id looks at one.
//! `tests/rules/said.txt` is what is said of each bad example, and where; `UPDATE=1` renews it: read that diff.

#![expect(clippy::disallowed_methods, reason = "tests look at the disk")]

mod examples;
mod overlay;

use examples::{bytes, code, findings_in};
use inngest_offload::catalogue::catalogue;
use inngest_offload::compile::compile;
use inngest_offload::diagnostic::{Diagnostic, Report, Severity};
use inngest_offload::diff::diff;
use inngest_offload::rule::{BASE, Example, Meta};
use inngest_offload::source::Location;
use overlay::laid_over;
use serde_yaml::Value;

#[test]
fn bad_fires_only_its_rule_and_good_is_silent() {
    let mut faults = Vec::new();
    for meta in wanted() {
        for (name, example, expected) in [("bad", meta.bad, vec![meta.id]), ("good", meta.good, vec![])] {
            let Some(bytes) = bytes(example) else { continue };
            let found = findings(bytes.clone());
            let mut ids: Vec<&str> = found.iter().map(|d| d.rule.id).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids != expected {
                let text = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]).into_owned();
                let messages: Vec<String> =
                    found.iter().map(|d| format!("  {} {}: {}", d.location, d.rule.id, d.message)).collect();
                faults.push(format!("{} {name}: found {ids:?}\n{}\n{text}", meta.id, messages.join("\n")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_bad_change_is_told_by_its_rule_alone_and_a_good_one_by_others() {
    let mut faults = Vec::new();
    for meta in wanted() {
        for (name, example, fires) in [("bad", meta.bad, true), ("good", meta.good, false)] {
            let Some(found) = changes(example) else { continue };
            let mut ids: Vec<&str> = found.iter().map(|d| d.rule.id).collect();
            ids.dedup();
            let is_right = if fires { ids == [meta.id] } else { !ids.contains(&meta.id) };
            if !is_right {
                let messages: Vec<String> = found.iter().map(|d| format!("  {}: {}", d.rule.id, d.message)).collect();
                faults.push(format!("{} {name}:\n{}", meta.id, messages.join("\n")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn code_fires_only_its_rule_and_is_silent_when_good() {
    let mut faults = Vec::new();
    for meta in wanted() {
        for (name, example, expected) in [("bad", meta.bad, vec![meta.id]), ("good", meta.good, vec![])] {
            let Example::Code { spec, edits } = example else { continue };
            let (spec, files) = code(spec, edits);
            let found = findings_in(spec, &files);
            let mut ids: Vec<&str> = found.iter().map(|d| d.rule.id).collect();
            ids.sort_unstable();
            ids.dedup();
            if ids != expected {
                let messages: Vec<String> =
                    found.iter().map(|d| format!("  {} {}: {}", d.location, d.rule.id, d.message)).collect();
                faults.push(format!("{} {name}: found {ids:?}\n{}", meta.id, messages.join("\n")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn every_change_is_told_with_who_is_hit_unless_it_only_reads_otherwise() {
    for meta in wanted() {
        for found in changes(meta.bad).unwrap_or_default() {
            assert!(!found.hits.is_empty() || found.rule.severity == Severity::Note, "{}: who is hit?", meta.id);
            assert!(!found.help.is_empty() && !found.help.ends_with('.'), "{}: {}", meta.id, found.help);
            assert!(!found.message.is_empty() && !found.message.ends_with('.'), "{}: {}", meta.id, found.message);
        }
    }
}

#[test]
fn faults_of_files_are_shown_by_their_cases() {
    for meta in catalogue() {
        for (example, fires) in [(meta.bad, true), (meta.good, false)] {
            let Example::Files(case) = example else { continue };
            let path = format!("{}/tests/cases/{case}/expected/transcript.txt", env!("CARGO_MANIFEST_DIR"));
            let transcript = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {path}: {e}", meta.id));
            let found = transcript.contains(&format!("[{}]", meta.id));
            assert_eq!(found, fires, "{}: the case {case} is to show it: {fires}", meta.id);
        }
    }
}

#[test]
fn every_code_is_documented_and_unique() {
    let all = catalogue();
    let mut ids: Vec<&str> = all.iter().map(|meta| meta.id).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id is used twice");
    for meta in all {
        let kebab = meta.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(kebab, "{} is not kebab-case", meta.id);
        for text in [meta.summary, meta.why] {
            assert!(text.ends_with('.') && text.len() > 12, "{}: `{text}` is no sentence", meta.id);
        }
    }
}

#[test]
fn every_finding_has_a_place_and_a_next_step() {
    for meta in wanted() {
        for finding in bytes(meta.bad).map(findings).unwrap_or_default() {
            assert!(!finding.help.is_empty(), "{} says no next step", meta.id);
            assert!(!finding.message.is_empty(), "{} says nothing", meta.id);
            assert!(!finding.message.ends_with('.'), "{}: messages have no final dot: {}", meta.id, finding.message);
        }
    }
}

#[test]
fn what_is_said_of_a_bad_example_is_what_somebody_read() {
    let file = format!("{}/tests/rules/said.txt", env!("CARGO_MANIFEST_DIR"));
    let mut said = Vec::new();
    for meta in wanted() {
        let found = match meta.bad {
            Example::Files(_) => continue,
            Example::Code { spec, edits } => {
                let (spec, files) = code(spec, edits);
                findings_in(spec, &files)
            }
            Example::Change { .. } => changes(meta.bad).expect("a change"),
            _ => findings(bytes(meta.bad).expect("a spec")),
        };
        let found: String = Report::new(found).diagnostics().iter().map(finding).collect();
        said.push(format!("== {}\n{found}\n", meta.id));
    }
    if std::env::var_os("UPDATE").is_some() && std::env::var_os("RULE").is_none() {
        std::fs::write(&file, said.concat()).expect("said.txt");
        return;
    }
    let expected = std::fs::read_to_string(&file).expect("said.txt");
    let faults: Vec<String> = said.into_iter().filter(|section| !expected.contains(section.as_str())).collect();
    assert!(faults.is_empty(), "UPDATE=1 renews tests/rules/said.txt; read that diff:\n{}", faults.concat());
    let sections = expected.lines().filter(|line| line.starts_with("== "));
    assert!(sections.clone().all(|line| catalogue().iter().any(|meta| line[3..] == *meta.id)), "a rule is gone");
}

/// All that a finding says, in a few lines.
fn finding(found: &Diagnostic) -> String {
    let at = |location: &Location| {
        let (start, end) = (location.start(), location.end());
        let places = [start.line, start.column, end.line, end.column].map(|number| number.to_string());
        format!("{}:{}:{}-{}:{}", location.source.path(), places[0], places[1], places[2], places[3])
    };
    let mut out = format!("{} {} {}\n", found.rule.word(), at(&found.location), found.message);
    if !found.label.is_empty() {
        out.push_str(&format!("  at: {}\n", found.label));
    }
    for related in &found.related {
        out.push_str(&format!("  also: {} {}\n", at(&related.location), related.message));
    }
    out.push_str(&format!("  help: {}\n", found.help));
    if let Some(job) = &found.offload {
        out.push_str(&format!("  offload: {job}\n"));
    }
    if let Some(fix) = &found.fix {
        out.push_str(&format!("  fix: {fix:?}\n"));
    }
    out
}

/// The rules to look at.
fn wanted() -> Vec<&'static Meta> {
    let id = std::env::var("RULE").ok();
    catalogue().into_iter().filter(|meta| id.as_ref().is_none_or(|id| id == meta.id)).collect()
}

fn findings(bytes: Vec<u8>) -> Vec<Diagnostic> {
    match compile("spec.yaml", bytes) {
        Ok(compiled) => compiled.findings,
        Err(found) => found,
    }
}

/// What is told of an example that is a change; `None` for others.
fn changes(example: Example) -> Option<Vec<Diagnostic>> {
    let Example::Change { old, new } = example else { return None };
    let compiled = |value: &Value| {
        let text = serde_yaml::to_string(value).expect("a value is YAML");
        compile("spec.yaml", text.clone().into_bytes()).unwrap_or_else(|found| {
            let found: Vec<String> = found.iter().map(|d| format!("{}: {}", d.rule.id, d.message)).collect();
            panic!("{}\n{text}", found.join("\n"))
        })
    };
    let yaml = |text: &str| serde_yaml::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let old = laid_over(&yaml(BASE), yaml(old));
    let new = laid_over(&old, yaml(new));
    Some(Report::new(diff(&compiled(&old), &compiled(&new))).diagnostics().to_vec())
}
