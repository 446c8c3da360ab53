//! The shapes of the protocol that this server speaks: LSP 3.17.
//!
//! Some dozen fields are read and written; structs of our own say which.

use serde::Deserialize;
use serde_json::{Value, json};

use super::completion::Item;
use super::position::{Encoding, Position, Range};
use super::symbols::Symbol;
use crate::diagnostic::Severity;
use crate::source::Source;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Initialize {
    pub(super) root_uri: Option<String>,
    pub(super) workspace_folders: Option<Vec<Folder>>,
    pub(super) capabilities: Value,
}

#[derive(Debug, Deserialize)]
pub(super) struct Folder {
    pub(super) uri: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Opened {
    pub(super) text_document: OpenedDocument,
}

#[derive(Debug, Deserialize)]
pub(super) struct OpenedDocument {
    pub(super) uri: String,
    pub(super) version: i64,
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Changed {
    pub(super) text_document: DocumentVersion,
    pub(super) content_changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
pub(super) struct DocumentVersion {
    pub(super) uri: String,
    pub(super) version: i64,
}

#[derive(Debug, Deserialize)]
pub(super) struct Change {
    pub(super) range: Option<Range>,
    pub(super) text: String,
}

/// What is about one document: closed, saved, its symbols.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfDocument {
    pub(super) text_document: Document,
}

#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) uri: String,
}

/// What is about a place: hover, definition, completion, and with more, references and renaming.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AtPlace {
    pub(super) text_document: Document,
    pub(super) position: Position,
    #[serde(default)]
    pub(super) context: References,
    #[serde(default)]
    pub(super) new_name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct References {
    pub(super) include_declaration: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OfRange {
    pub(super) text_document: Document,
    pub(super) range: Range,
}

#[derive(Debug, Deserialize)]
pub(super) struct WatchedFiles {
    pub(super) changes: Vec<Document>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FoldersChanged {
    pub(super) event: FolderChanges,
}

#[derive(Debug, Deserialize)]
pub(super) struct FolderChanges {
    pub(super) added: Vec<Folder>,
    pub(super) removed: Vec<Folder>,
}

/// What this server can do.
pub(super) fn capabilities(encoding: Encoding) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": encoding.as_str(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "completionProvider": { "triggerCharacters": [":", " ", "{", "[", "\"", "-"] },
            "renameProvider": { "prepareProvider": true },
            "codeActionProvider": { "codeActionKinds": ["quickfix"] },
            "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
        },
        "serverInfo": { "name": "inngest-offload", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// What is to be watched: the spec, and what conformance reads.
pub(super) fn registration() -> Value {
    let patterns = [
        "**/inngest-offload.{yaml,yml}",
        "**/{vercel,package}.json",
        "**/{tsconfig,jsconfig}*.json",
        "**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}",
    ];
    let watchers: Vec<Value> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
    json!({ "registrations": [{
        "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": { "watchers": watchers },
    }] })
}

pub(super) fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Note => 3,
    }
}

pub(super) fn symbol(symbol: &Symbol, source: &Source, encoding: Encoding) -> Value {
    let children: Vec<Value> = symbol.children.iter().map(|child| self::symbol(child, source, encoding)).collect();
    json!({
        "name": symbol.name, "detail": symbol.detail, "kind": symbol.kind,
        "range": encoding.range(source, symbol.whole), "selectionRange": encoding.range(source, symbol.key),
        "children": children,
    })
}

pub(super) fn item(item: &Item, source: &Source, encoding: Encoding, snippets: bool) -> Value {
    let text = if snippets { item.insert.clone() } else { without_stops(&item.insert) };
    let mut value = json!({
        "label": item.label, "kind": item.kind.number(), "filterText": item.label,
        "sortText": format!("{}{}", if item.required { 0 } else { 1 }, item.label),
        "insertTextFormat": if snippets { 2 } else { 1 },
        "textEdit": { "range": encoding.range(source, item.word), "newText": text },
    });
    if !item.about.is_empty() {
        value["documentation"] = json!({ "kind": "markdown", "value": item.about });
    }
    if item.required {
        value["detail"] = json!("required");
    }
    value
}

/// A snippet for a client that has none: the first choice of each stop.
fn without_stops(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(inside) = rest.strip_prefix('{') {
            let (stop, after) = inside.split_once('}').unwrap_or((inside, ""));
            let text = stop.trim_start_matches(|c: char| c.is_ascii_digit());
            let text = text.trim_start_matches(':').trim_matches('|');
            out.push_str(text.split(',').next().filter(|_| stop.contains('|')).unwrap_or(text));
            rest = after;
        } else {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    out.push_str(rest);
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_without_its_stops_is_text() {
        assert_eq!(without_stops("kind: ${1|cron,webhook|}"), "kind: cron");
        assert_eq!(without_stops("${1:Name}:\n  fields: $0"), "Name:\n  fields:");
        assert_eq!(without_stops("plain"), "plain");
    }
}
