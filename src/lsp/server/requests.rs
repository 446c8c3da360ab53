//! Requests: the place and the text are found, a function answers, the answer is put in the words of the protocol.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use lsp_server::ErrorCode;
use serde_json::{Value, json};

use super::contracts::Unit;
use super::publish::{file, location};
use super::{Refusal, Server, read};
use crate::derive::Instant;
use crate::diagnostic::Diagnostic;
use crate::lsp::navigate::Named;
use crate::lsp::protocol::{self, AtPlace, OfDocument, OfRange};
use crate::lsp::{actions, code, completion, hover, navigate, rename, symbols, uri};
use crate::source::{Location, Source};

/// A request that panics, so that a test can see what that does.
#[cfg(test)]
pub(super) const PANICS: &str = "test/panics";

/// What a request is about.
enum Subject {
    /// A text of a spec.
    Spec(Arc<Source>),
    /// A file of an application.
    Code(Source),
}

impl Server {
    pub(super) fn respond(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            "textDocument/hover" => self.hover(read(params)?),
            "textDocument/definition" => self.definition(&read(params)?),
            "textDocument/references" => self.references(&read(params)?),
            "textDocument/documentSymbol" => self.symbols(read(params)?),
            "textDocument/completion" => self.complete(read(params)?),
            "textDocument/prepareRename" => self.prepare_rename(&read(params)?),
            "textDocument/rename" => self.rename(&read(params)?),
            "textDocument/codeAction" => self.actions(read(params)?),
            #[cfg(test)]
            PANICS => panic!("asked for"),
            _ => Err((ErrorCode::MethodNotFound, format!("this server does not know `{method}`"))),
        }
    }

    /// The contract that a document belongs to, and its text.
    fn subject(&mut self, uri: &str) -> Option<(&mut Unit, Subject)> {
        let open = self.open.get(uri);
        let path = open.map_or_else(|| uri::path(uri), |open| open.path.clone())?;
        if self.contracts.of_spec(&path).is_some() {
            let unit = self.contracts.of_spec(&path)?;
            let source = unit.model().source().clone();
            return Some((unit, Subject::Spec(source)));
        }
        let text = open.map(|open| open.text.clone())?;
        let unit = self.contracts.of_code(&path)?;
        let inside = path.strip_prefix(unit.workspace.root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        Some((unit, Subject::Code(Source::new(inside, text))))
    }

    fn hover(&mut self, at: AtPlace) -> Result<Value, Refusal> {
        let encoding = self.encoding;
        let Some((unit, subject)) = self.subject(&at.text_document.uri) else { return Ok(Value::Null) };
        let model = unit.model();
        let (source, found) = match &subject {
            Subject::Spec(source) => (&**source, hover::hover(model, encoding.offset(source, at.position), now())),
            Subject::Code(source) => (source, hover::hover_code(model, source, encoding.offset(source, at.position))),
        };
        Ok(found.map_or(Value::Null, |(span, text)| {
            json!({ "contents": { "kind": "markdown", "value": text }, "range": encoding.range(source, span) })
        }))
    }

    /// The name at a place.
    fn named(&mut self, at: &AtPlace) -> Option<(&mut Unit, Named, Subject)> {
        let encoding = self.encoding;
        let (unit, subject) = self.subject(&at.text_document.uri)?;
        let model = unit.model();
        let name = match &subject {
            Subject::Spec(source) => navigate::named(model, encoding.offset(source, at.position))?,
            Subject::Code(source) => {
                let spellings = code::spellings(model.contract()?);
                navigate::named_in_code(source, encoding.offset(source, at.position), &spellings)?
            }
        };
        Some((unit, name, subject))
    }

    fn definition(&mut self, at: &AtPlace) -> Result<Value, Refusal> {
        let Some((unit, name, _)) = self.named(at) else { return Ok(Value::Null) };
        let places = navigate::definition(unit.model(), &name);
        let workspace = unit.workspace.clone();
        Ok(places.iter().map(|place| location(self, &workspace, place)).collect())
    }

    fn references(&mut self, at: &AtPlace) -> Result<Value, Refusal> {
        let texts: Vec<(PathBuf, String)> =
            self.open.values().filter_map(|open| Some((open.path.clone()?, open.text.clone()))).collect();
        let Some((unit, name, _)) = self.named(at) else { return Ok(Value::Null) };
        let mut places = navigate::references(unit.model(), &name, at.context.include_declaration);
        places.extend(in_code(unit, &name, &texts));
        let workspace = unit.workspace.clone();
        Ok(places.iter().map(|place| location(self, &workspace, place)).collect())
    }

    fn symbols(&mut self, of: OfDocument) -> Result<Value, Refusal> {
        let encoding = self.encoding;
        let Some((unit, Subject::Spec(source))) = self.subject(&of.text_document.uri) else { return Ok(json!([])) };
        let found = symbols::symbols(unit.model());
        Ok(found.iter().map(|symbol| protocol::symbol(symbol, &source, encoding)).collect())
    }

    fn complete(&mut self, at: AtPlace) -> Result<Value, Refusal> {
        let (encoding, snippets) = (self.encoding, self.snippets);
        let Some(path) = uri::path(&at.text_document.uri) else { return Ok(json!([])) };
        let Some(unit) = self.contracts.of_spec(&path) else { return Ok(json!([])) };
        // The place is found in the text as it is, names in what was known a moment ago.
        let source = Source::new("", unit.text().to_owned());
        let offset = encoding.offset(&source, at.position);
        let items = completion::complete(unit.recent_model(), source.text(), offset);
        Ok(items.iter().map(|item| protocol::item(item, &source, encoding, snippets)).collect())
    }

    fn prepare_rename(&mut self, at: &AtPlace) -> Result<Value, Refusal> {
        let encoding = self.encoding;
        let Some((unit, name, subject)) = self.named(at) else { return Ok(Value::Null) };
        let Subject::Spec(source) = subject else { return Err(refused(IN_CODE)) };
        match rename::refusal(unit.model(), &name) {
            Some(reason) => Err(refused(&reason)),
            None => Ok(json!({ "range": encoding.range(&source, name.span), "placeholder": name.text })),
        }
    }

    fn rename(&mut self, at: &AtPlace) -> Result<Value, Refusal> {
        let encoding = self.encoding;
        let Some((unit, name, subject)) = self.named(at) else { return Err(refused("there is no name here")) };
        let Subject::Spec(source) = subject else { return Err(refused(IN_CODE)) };
        let edits = rename::rename(unit.model(), &name, &at.new_name).map_err(|reason| refused(&reason))?;
        let edits: Value = edits
            .into_iter()
            .map(|(span, text)| json!({ "range": encoding.range(&source, span), "newText": text }))
            .collect();
        let mut changes = serde_json::Map::new();
        changes.insert(at.text_document.uri.clone(), edits);
        Ok(json!({ "changes": changes }))
    }

    fn actions(&mut self, of: OfRange) -> Result<Value, Refusal> {
        let encoding = self.encoding;
        let Some((unit, subject)) = self.subject(&of.text_document.uri) else { return Ok(json!([])) };
        let workspace = unit.workspace.clone();
        let path = match &subject {
            Subject::Spec(_) => workspace.spec_file().to_owned(),
            Subject::Code(source) => workspace.file(source.path()),
        };
        let code = std::mem::take(&mut unit.code);
        let model = unit.model();
        let spec = model.source().clone();
        // Findings of a text that is gone have no place in this one.
        let current = |finding: &&Diagnostic| match &subject {
            Subject::Spec(_) => actions::is_in(finding, model.document()),
            Subject::Code(source) => finding.location.source.text() == source.text(),
        };
        let here = |finding: &&Diagnostic| {
            let span = encoding.span(&finding.location.source, of.range);
            file(&workspace, &finding.location) == path && actions::touches(finding, span)
        };
        let all = model.findings().iter().chain(&code);
        let found: Vec<(Diagnostic, Vec<actions::Action>)> = all
            .filter(here)
            .filter(current)
            .map(|finding| (finding.clone(), actions::actions(model, finding)))
            .collect();
        unit.code = code;
        let uri = self.uri(workspace.spec_file());
        let action = |finding: &Diagnostic, action: &actions::Action| {
            let mut changes = serde_json::Map::new();
            let (span, text) = &action.edit;
            changes.insert(uri.clone(), json!([{ "range": encoding.range(&spec, *span), "newText": text }]));
            json!({
                "title": action.title, "kind": "quickfix", "isPreferred": action.mends,
                "diagnostics": [self.diagnostic(&workspace, finding)], "edit": { "changes": changes },
            })
        };
        Ok(found
            .iter()
            .flat_map(|(finding, list)| list.iter().map(|one| action(finding, one)).collect::<Vec<_>>())
            .collect())
    }
}

const IN_CODE: &str = "rename it in the spec: code that is generated follows, and `check` finds the rest";

fn refused(reason: &str) -> Refusal {
    (ErrorCode::RequestFailed, reason.to_owned())
}

/// Where the application mentions a name; texts that are open count as they are.
fn in_code(unit: &mut Unit, name: &Named, open: &[(PathBuf, String)]) -> Vec<Location> {
    let spellings = unit.model().contract().map(code::spellings).unwrap_or_default();
    let workspace = &unit.workspace;
    let is_code = |path: &String| {
        let ending = Path::new(path).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs"].contains(&ending)
    };
    let paths: Vec<String> = workspace.application().unwrap_or_default().into_iter().filter(is_code).collect();
    let texts = workspace.read_all(&paths);
    let mut places = Vec::new();
    for (path, bytes) in paths.into_iter().zip(texts) {
        let full = workspace.file(&path);
        let own = open.iter().find(|(open, _)| *open == full).map(|(_, text)| text.clone());
        let Some(text) = own.or_else(|| bytes.and_then(|bytes| String::from_utf8(bytes).ok())) else { continue };
        let source = Arc::new(Source::new(path, text));
        let spans = navigate::references_in_code(&source, &spellings, name);
        places.extend(spans.into_iter().map(|span| Location { source: source.clone(), span }));
    }
    places
}

fn now() -> Option<Instant> {
    let millis = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_millis();
    Instant::from_millis(i64::try_from(millis).ok()?)
}
