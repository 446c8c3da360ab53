//! A report as SARIF 2.1.0 (OASIS), for code scanning of GitHub and other tools.
//!
//! Only rules that have a finding are described. No absolute path, no time and nothing of the machine is
//! in it: the same findings give the same bytes.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write};

use heck::ToUpperCamelCase;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Diagnostic, Report, Run, Severity, hits, page};
use crate::markdown::one_line;
use crate::reference;
use crate::rule::Meta;
use crate::source::Location;

/// Most results of a run that GitHub accepts.
pub const MOST: usize = 25_000;

/// The root of the repository, as code scanning calls it.
const ROOT: &str = "%SRCROOT%";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [SarifRun; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun {
    tool: Tool,
    invocations: [Invocation; 1],
    automation_details: Automation,
    original_uri_base_ids: BTreeMap<&'static str, BaseId>,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: String,
    short_description: Message,
    full_description: Message,
    help: Message,
    help_uri: String,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 1],
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

#[derive(Serialize)]
struct Message {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Message,
}

#[derive(Serialize)]
struct Automation {
    id: String,
}

#[derive(Serialize)]
struct BaseId {
    description: Message,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: BTreeMap<&'static str, String>,
    properties: Properties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Properties {
    help: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    offload: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hits: Vec<&'static str>,
}

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, run: Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let all = report.diagnostics();
    let kept = &all[..all.len().min(MOST)];
    let mut rules = Rules::default();
    let mut seen = HashMap::new();
    let results: Vec<SarifResult> = kept.iter().map(|finding| result(finding, run, &mut rules, &mut seen)).collect();
    let cut = all.len() - kept.len();
    let notification = (cut > 0).then(|| Notification {
        level: "warning",
        message: text(format!("{cut} findings are left out, because code scanning accepts at most {MOST} per run.")),
    });
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool {
                driver: Driver {
                    name: "inngest-offload",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules: rules.described,
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                tool_execution_notifications: notification.into_iter().collect(),
            }],
            // Code scanning keeps one analysis of each id, so commands and applications must not share one.
            automation_details: Automation { id: format!("inngest-offload/{}/{}", run.command, uri(run.folder)) },
            original_uri_base_ids: BTreeMap::from([(
                ROOT,
                BaseId { description: text("The root of the repository.".to_owned()) },
            )]),
            column_kind: "unicodeCodePoints",
            results,
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// The rules that have a finding, in the order in which they first appear.
#[derive(Default)]
struct Rules {
    described: Vec<Rule>,
    index: HashMap<&'static str, usize>,
}

impl Rules {
    fn index(&mut self, meta: &'static Meta) -> usize {
        *self.index.entry(meta.id).or_insert_with(|| {
            self.described.push(rule(meta));
            self.described.len() - 1
        })
    }
}

fn rule(meta: &'static Meta) -> Rule {
    let severity = match meta.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    };
    Rule {
        id: meta.id,
        name: meta.id.to_upper_camel_case(),
        short_description: text(meta.summary.to_owned()),
        full_description: text(meta.why.to_owned()),
        help: Message { text: format!("{} {}", meta.summary, meta.why), markdown: Some(reference::rule(meta)) },
        help_uri: page(meta),
        default_configuration: Configuration { level: meta.severity.as_str() },
        properties: RuleProperties { tags: [meta.group.title()], precision: "very-high", severity },
    }
}

fn result(finding: &Diagnostic, run: Run<'_>, rules: &mut Rules, seen: &mut HashMap<String, usize>) -> SarifResult {
    let message = one_line(&finding.message);
    // Where room is scarce, the first sentence is shown alone.
    let mut words = plain(&message) + ".";
    let mut related_locations = Vec::new();
    for (id, related) in (1..).zip(&finding.related) {
        let label = one_line(&related.message);
        // Code scanning shows a second place only where the message links to it.
        let _ = write!(words, "\nSee [{}]({id}).", link_text(&label));
        related_locations.push(Place {
            id: Some(id),
            physical_location: place(&related.location, run),
            message: Some(text(plain(&label))),
        });
    }
    if let Some(who) = hits(finding) {
        let _ = write!(words, "\nThis affects {who}.");
    }
    let help = one_line(&finding.help).into_owned();
    let _ = write!(words, "\nHelp: {}", plain(&help));
    // Lines move when others are edited, so they are no part of what a finding is known by.
    let known = hash(&[finding.rule.id, run.folder, finding.location.source.path(), &finding.message]);
    let number = seen.entry(known.clone()).and_modify(|number| *number += 1).or_insert(1);
    SarifResult {
        rule_id: finding.rule.id,
        rule_index: rules.index(finding.rule),
        level: finding.rule.severity.as_str(),
        message: text(words),
        locations: [Place { id: None, physical_location: place(&finding.location, run), message: None }],
        related_locations,
        partial_fingerprints: BTreeMap::from([("inngestOffload/v1", format!("{known}:{number}"))]),
        properties: Properties {
            help,
            offload: finding.offload.clone(),
            hits: finding.hits.iter().map(|audience| audience.as_str()).collect(),
        },
    }
}

fn place(location: &Location, run: Run<'_>) -> PhysicalLocation {
    let (start, end) = location.visible();
    PhysicalLocation {
        artifact_location: ArtifactLocation { uri: uri(&run.path(location.source.path())), uri_base_id: ROOT },
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

fn text(text: String) -> Message {
    Message { text, markdown: None }
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Text in a message, where `[x](y)` would be a link and `{0}` an argument. Braces without a number are
/// left alone: viewers that do not look for arguments, as that of GitHub, would show them doubled.
fn plain(text: &str) -> String {
    let text = text.replace("](", "] (");
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(open) = rest.find('{') {
        let digits = rest[open + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let end = open + 1 + digits;
        if digits > 0 && rest[end..].starts_with('}') {
            let _ = write!(out, "{}{{{{{}}}}}", &rest[..open], &rest[open + 1..end]);
            rest = &rest[end + 1..];
        } else {
            out.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
        }
    }
    out + rest
}

/// Text inside a link of a message.
fn link_text(text: &str) -> String {
    plain(text).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

/// The first digits of a hash over texts, none of which can run into the next.
fn hash(texts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().iter().take(16).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::{link_text, plain, uri};

    #[test]
    fn text_is_no_link_and_no_argument() {
        assert_eq!(plain("[x](javascript:a) `{window}` {0} {12}{"), "[x] (javascript:a) `{window}` {{0}} {{12}}{");
        assert_eq!(link_text("a[0]\\b"), "a\\[0\\]\\\\b");
        assert_eq!(uri("a b/ü:%[id].ts"), "a%20b/%C3%BC%3A%25%5Bid%5D.ts");
    }
}
