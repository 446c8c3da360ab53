//! A report as JSON, for programs. The shape is published: `inngest-offload schema report`.

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::{Diagnostic, Report, Severity};
use crate::rule::Group;
use crate::source::{LineColumn, Location};

/// A report.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Report of inngest-offload")]
struct JsonReport<'r> {
    /// Version of this shape.
    version: u8,
    /// The findings, sorted by file and place.
    findings: Vec<Finding<'r>>,
    /// How many there are.
    summary: Summary,
}

/// How many findings there are.
#[derive(Debug, Serialize, JsonSchema)]
struct Summary {
    /// Of severity `error`.
    errors: usize,
    /// Of severity `warning`.
    warnings: usize,
    /// Of severity `note`.
    notes: usize,
}

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct Finding<'r> {
    /// Id of the rule.
    rule: &'r str,
    /// `error`, `warning` or `note`.
    severity: &'r str,
    /// For a change of the contract: `breaking`, `risky` or `safe`.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    /// For a change of the contract: why it is of that class.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'static str>,
    /// What is wrong.
    message: &'r str,
    /// What to do.
    help: &'r str,
    /// Where.
    #[serde(flatten)]
    place: Place<'r>,
    /// The offload it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    offload: Option<&'r str>,
    /// Other places that explain it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'r>>,
    /// For drift: a unified diff from the file to what the spec gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<&'r str>,
    /// For a change of the contract: who is affected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hits: Vec<&'static str>,
}

/// Another place.
#[derive(Debug, Serialize, JsonSchema)]
struct Related<'r> {
    /// What it has to do with the finding.
    message: &'r str,
    /// Where.
    #[serde(flatten)]
    place: Place<'r>,
}

/// A range of a file; its end is exclusive.
#[derive(Debug, Serialize, JsonSchema)]
struct Place<'r> {
    /// The file, relative to the root.
    file: &'r str,
    /// Where it starts.
    start: Position,
    /// Where it ends.
    end: Position,
}

/// A place in a file.
#[derive(Debug, Serialize, JsonSchema)]
struct Position {
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
}

impl From<LineColumn> for Position {
    fn from(at: LineColumn) -> Self {
        Self { line: at.line, column: at.column }
    }
}

impl<'r> From<&'r Location> for Place<'r> {
    fn from(location: &'r Location) -> Self {
        Self { file: location.source.path(), start: location.start().into(), end: location.end().into() }
    }
}

impl<'r> From<&'r Diagnostic> for Finding<'r> {
    fn from(d: &'r Diagnostic) -> Self {
        let related = d.related.iter().map(|r| Related { message: &r.message, place: (&r.location).into() });
        Self {
            rule: d.rule.id,
            severity: d.rule.severity.as_str(),
            class: (d.rule.group == Group::Change).then(|| d.rule.severity.class()),
            why: (d.rule.group == Group::Change).then_some(d.rule.why),
            message: &d.message,
            help: &d.help,
            place: (&d.location).into(),
            offload: d.offload.as_deref(),
            related: related.collect(),
            diff: d.diff.as_deref(),
            hits: d.hits.iter().map(|audience| audience.as_str()).collect(),
        }
    }
}

/// Prints a report.
///
/// # Errors
/// The stream cannot be written to.
pub fn print(report: &Report, out: &mut impl Write) -> io::Result<()> {
    let json = JsonReport {
        version: 1,
        findings: report.diagnostics().iter().map(Finding::from).collect(),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
    };
    serde_json::to_writer_pretty(&mut *out, &json)?;
    writeln!(out)
}

/// The JSON Schema of the report.
pub fn schema() -> serde_json::Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<JsonReport<'static>>().to_value()
}
