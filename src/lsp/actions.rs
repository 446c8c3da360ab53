//! Quick fixes: what a finding knows to mend it, and accepting it with a reason.

use super::{Model, language};
use crate::diagnostic::{Diagnostic, Fix};
use crate::document::{Document, Node, Value};
use crate::pointer::Pointer;
use crate::source::{Source, Span};

/// A change of the spec that a person may choose.
#[derive(Debug, Clone)]
pub(super) struct Action {
    pub(super) title: String,
    pub(super) edit: (Span, String),
    /// It mends the finding; else it accepts it.
    pub(super) mends: bool,
}

/// What can be done about a finding. Edits are of the spec, wherever the finding is.
pub(super) fn actions(model: &Model, finding: &Diagnostic) -> Vec<Action> {
    let document = model.document();
    let mut found = Vec::new();
    match &finding.fix {
        Some(Fix::Replace(text)) => {
            let title = format!("Write `{}`", text.trim_matches('"'));
            found.push(Action { title, edit: (finding.location.span, text.clone()), mends: true });
        }
        Some(Fix::Insert(key)) => {
            let at = document.at(finding.location.span.start).map(|(at, ..)| at);
            // A fault of the whole spec points at its first line.
            let at = at.filter(|at| matches!(document.get(at).map(|node| &node.value), Some(Value::Mapping(_))));
            let at = at.unwrap_or_else(Pointer::root);
            let value = language::placeholder(&language::at(&at.key(key)));
            if let Some(edit) = insert(document, &at, key, &value) {
                found.push(Action { title: format!("Add `{key}`"), edit, mends: true });
            }
        }
        None => {}
    }
    found.extend(accept(document, finding));
    found
}

/// Accepts a finding under `allow`.
fn accept(document: &Document, finding: &Diagnostic) -> Option<Action> {
    let id = finding.rule.id;
    let is_rule = crate::lint::RULES.iter().any(|rule| rule.meta.id == id && id != "unused-allow")
        || crate::conform::RULES.iter().any(|rule| rule.meta.id == id);
    if !is_rule {
        return None;
    }
    let entry = format!("{{ rule: {id}, reason: \"Say why.\" }}");
    let offload = finding.offload.as_ref().map(|job| Pointer::root().key("offloads").key(job));
    let at = offload.filter(|at| document.get(at).is_some()).unwrap_or_else(Pointer::root);
    let edit = match document.get(&at.key("allow")) {
        Some(Node { span, value: Value::Sequence(items) }) => {
            let last = items.last()?;
            let is_flow = document.source().slice(*span).starts_with('[');
            if is_flow {
                (Span::new(last.span.end, last.span.end), format!(", {entry}"))
            } else {
                let source = document.source();
                let line = source.line_column(last.span.start).line;
                let text = source.slice(source.line_range(line, line));
                let indent = text.len() - text.trim_start().len();
                below(source, last.span.end, indent, &format!("- {entry}"))
            }
        }
        Some(_) => return None,
        None => insert(document, &at, "allow", &format!("[{entry}]"))?,
    };
    Some(Action { title: format!("Accept `{id}` with a reason"), edit, mends: false })
}

/// A key at the end of a map.
fn insert(document: &Document, at: &Pointer, key: &str, value: &str) -> Option<(Span, String)> {
    let node = document.get(at)?;
    let Value::Mapping(entries) = &node.value else { return None };
    let (_, last) = entries.last()?;
    let end = last.node.span.end.max(last.key.end);
    let source = document.source();
    if source.slice(node.span).starts_with('{') {
        return Some((Span::new(end, end), format!(", {key}: {value}")));
    }
    let indent = source.line_column(entries.first()?.1.key.start).column - 1;
    Some(below(source, end, indent, &format!("{key}: {value}")))
}

/// A line after the line that a byte is the end of.
fn below(source: &Source, end: usize, indent: usize, line: &str) -> (Span, String) {
    let text = source.text();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    // A text over lines ends with its last line break.
    let end = text[..end].trim_end_matches(['\n', '\r', ' ']).len();
    let at = text[end..].find(['\r', '\n']).map_or(text.len(), |to| end + to);
    (Span::new(at, at), format!("{newline}{}{line}", " ".repeat(indent)))
}

/// Whether a finding lies at a span of its file.
pub(super) fn touches(finding: &Diagnostic, span: Span) -> bool {
    let own = finding.location.span;
    own.start <= span.end && span.start <= own.end
}

/// Whether a finding still points at what it was found at.
pub(super) fn is_in(finding: &Diagnostic, document: &Document) -> bool {
    finding.location.source.text() == document.source().text()
}
