//! Findings as values: what is wrong, where, and what to do.
//!
//! A stage or a rule makes [`Diagnostic`]s; a [`Report`] is the sorted set that a printer of this
//! folder turns into text or data. Nothing here decides; nothing here prints to the terminal.

pub mod github;
pub mod json;
pub mod markdown;
pub mod sarif;
pub mod text;

use std::sync::Arc;

pub use crate::rule::Severity;
use crate::rule::{Audience, Group, Meta};
use crate::source::{Location, Source, Span};

/// Most lines of a diff that people are shown; the whole is in the JSON report.
pub const DIFF_LINES: usize = 40;

/// A second place that belongs to a finding, and what it has to do with it.
#[derive(Debug, Clone)]
pub struct Related {
    /// The place.
    pub location: Location,
    /// A few words: "first declared here".
    pub message: String,
}

/// A change of the text that fixes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// The place holds this YAML instead.
    Replace(String),
    /// The map at the place gets this key.
    Insert(String),
}

impl Fix {
    /// The place holds this text instead.
    pub fn text(text: &str) -> Self {
        let plain = text.starts_with(|c: char| c.is_ascii_alphabetic()) || text.ends_with(['s', 'm', 'h', 'd', 'w']);
        let safe = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | '<' | '>'));
        let word =
            ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str());
        let quoted = !plain || !safe || word;
        Self::Replace(if quoted { serde_json::Value::from(text).to_string() } else { text.to_owned() })
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule it is an instance of.
    pub rule: &'static Meta,
    /// What is wrong, in one sentence that names the value.
    pub message: String,
    /// Where.
    pub location: Location,
    /// A few words at the underlined place; may be empty.
    pub label: String,
    /// Other places that explain it.
    pub related: Vec<Related>,
    /// What to do.
    pub help: String,
    /// The offload it is about, if it is about one.
    pub offload: Option<String>,
    /// A unified diff, for drift.
    pub diff: Option<String>,
    /// What fixes it, if the finding knows.
    pub fix: Option<Fix>,
    /// Who is affected, for a change of the contract.
    pub hits: &'static [Audience],
}

impl Diagnostic {
    /// A finding at a place; add more with the `with_` methods.
    pub fn new(rule: &'static Meta, location: Location, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            rule,
            message: shorten(message.into()),
            location,
            label: String::new(),
            related: Vec::new(),
            help: help.into(),
            offload: None,
            diff: None,
            fix: None,
            hits: &[],
        }
    }

    /// The same with what fixes it.
    #[must_use]
    pub fn fixed_by(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// A finding about a whole file: points at its beginning.
    pub fn of_file(
        rule: &'static Meta,
        source: &Arc<Source>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(rule, Location { source: source.clone(), span: Span::new(0, 0) }, message, help)
    }
}

/// The sorted findings of one run. Equal findings are kept once.
#[derive(Debug, Default)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Sorts by file, place, rule and message; severity never changes the order.
    pub fn new(mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort_by(|a, b| Self::order(a).cmp(&Self::order(b)));
        diagnostics.dedup_by(|a, b| Self::order(a) == Self::order(b));
        Self { diagnostics: for_one_offload(diagnostics) }
    }

    fn order(d: &Diagnostic) -> (&str, Span, &str, &str) {
        (d.location.source.path(), d.location.span, d.rule.id, &d.message)
    }

    /// The findings, in order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|d| d.rule.severity == severity).count()
    }

    /// How many there are of what, in words: `1 error, 2 warnings`; `2 breaking, 1 safe`; `no findings`.
    pub fn summary(&self) -> String {
        counts(self.diagnostics().iter())
    }

    /// No finding at all.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// The run that a report is of: what readers need who see it far from where it was made.
#[derive(Debug, Clone, Copy)]
pub struct Run<'r> {
    /// The command that made it.
    pub command: &'r str,
    /// The folder that paths are relative to, as seen from the repository: empty, or with `/` at its end.
    pub folder: &'r str,
}

impl Run<'_> {
    /// The path of a file from the repository: what lies beside the folder of the run is reached without `..`.
    pub(crate) fn path(&self, file: &str) -> String {
        let (mut folder, mut file) = (self.folder.trim_end_matches('/'), file);
        while let Some(rest) = file.strip_prefix("../").filter(|_| !folder.is_empty()) {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            file = rest;
        }
        if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
    }
}

/// Where the rule is explained, for reports that are read in a browser.
pub(crate) fn page(rule: &Meta) -> String {
    docs(&format!("rules.md#{}", rule.id))
}

/// A page of the documents: those who installed the tool do not have its files.
pub(crate) fn docs(page: &str) -> String {
    format!("{}/blob/main/docs/{page}", env!("CARGO_PKG_REPOSITORY"))
}

fn counts<'d>(findings: impl Iterator<Item = &'d Diagnostic> + Clone) -> String {
    let words = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let of_it = findings.clone().filter(|finding| finding.rule.severity == severity);
        let (changes, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            of_it.partition(|d| d.rule.group == Group::Change);
        let changes = (!changes.is_empty()).then(|| format!("{} {}", changes.len(), severity.class()));
        [changes, (!others.is_empty()).then(|| number(others.len(), severity))]
    });
    let present: Vec<String> = words.into_iter().flatten().flatten().collect();
    if present.is_empty() { "no findings".to_owned() } else { present.join(", ") }
}

/// `1 error`, `2 errors`.
fn number(count: usize, severity: Severity) -> String {
    format!("{count} {}{}", severity.as_str(), if count == 1 { "" } else { "s" })
}

/// Who is affected, in words; `None` if nobody is.
fn hits(finding: &Diagnostic) -> Option<String> {
    let words: Vec<&str> = finding.hits.iter().map(|audience| audience.as_str()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// A fault of what offloads share, such as a default, is one fault: reported for the first offload, with the
/// names of the others.
fn for_one_offload(sorted: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut kept: Vec<Diagnostic> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for next in sorted.into_iter().map(Some).chain([None]) {
        if let (Some(first), Some(next)) = (kept.last(), &next)
            && (first.rule.id, first.location.span) == (next.rule.id, next.location.span)
            && first.location.source.path() == next.location.source.path()
            && let (Some(job), Some(other)) = (&first.offload, &next.offload)
            && job != other
        {
            if !others.contains(other) {
                others.push(other.clone());
            }
            continue;
        }
        if let Some(first) = kept.last_mut()
            && !others.is_empty()
        {
            first.message.push_str(&format!("; the same for {}", few(&others)));
            others.clear();
        }
        kept.extend(next);
    }
    kept
}

/// Names for people: ``a``, `` `a` and `b` ``, `` `a`, `b` and 3 more ``.
fn few(names: &[String]) -> String {
    const MOST: usize = 3;
    let shown = if names.len() > MOST { MOST - 1 } else { names.len() };
    let mut parts: Vec<String> = names[..shown].iter().map(|name| format!("`{name}`")).collect();
    if shown < names.len() {
        parts.push(format!("{} more", names.len() - shown));
    }
    match parts.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => parts.concat(),
    }
}

/// A message in which a text of the spec is so long that nobody reads on, less its middle.
fn shorten(message: String) -> String {
    const MOST: usize = 600;
    const END: usize = 200;
    let count = message.chars().count();
    if count <= MOST {
        return message;
    }
    let start: String = message.chars().take(MOST - END).collect();
    let end: String = message.chars().skip(count - END).collect();
    format!("{start} … {end}")
}

#[cfg(test)]
mod tests {
    use super::{Run, few};

    #[test]
    fn offloads_are_named_as_long_as_they_are_few() {
        let said = |names: &[&str]| few(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(said(&["a"]), "`a`");
        assert_eq!(said(&["a", "b"]), "`a` and `b`");
        assert_eq!(said(&["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(said(&["a", "b", "c", "d", "e"]), "`a`, `b` and 3 more");
    }

    #[test]
    fn what_lies_beside_the_folder_of_a_run_is_reached_without_dots() {
        let cases = [
            ("", "app/route.ts", "app/route.ts"),
            ("apps/web/", "app/route.ts", "apps/web/app/route.ts"),
            ("apps/web/", "../../packages/jobs/index.ts", "packages/jobs/index.ts"),
            ("apps/web/", "../shared/index.ts", "apps/shared/index.ts"),
            ("", "../../packages/jobs/index.ts", "../../packages/jobs/index.ts"),
        ];
        for (folder, file, path) in cases {
            assert_eq!(Run { command: "check", folder }.path(file), path);
        }
    }
}
