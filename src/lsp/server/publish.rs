//! Findings on their way to the client.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

use lsp_server::Notification;
use serde_json::{Value, json};

use super::contracts::{Judged, Unit};
use super::{Open, Server};
use crate::diagnostic::{Diagnostic, page};
use crate::lsp::position::Encoding;
use crate::lsp::{protocol, uri};
use crate::source::Location;
use crate::workspace::Workspace;

/// The file of a place.
pub(super) fn file(workspace: &Workspace, location: &Location) -> PathBuf {
    let path = location.source.path();
    if path == workspace.spec() { workspace.spec_file().to_owned() } else { workspace.file(path) }
}

/// A place as the protocol names it.
pub(super) fn location(server: &Server, workspace: &Workspace, location: &Location) -> Value {
    json!({
        "uri": server.uri(&file(workspace, location)),
        "range": server.encoding.range(&location.source, location.span),
    })
}

impl Server {
    /// The URI of a file, as the client spells it where it has it open.
    pub(super) fn uri(&self, path: &Path) -> String {
        let open = self.open.iter().find(|(_, open): &(_, &Open)| open.path.as_deref() == Some(path));
        open.map_or_else(|| uri::of(path), |(uri, _)| uri.clone())
    }

    pub(super) fn judged(&mut self, judged: Judged) {
        self.contracts.judged(judged);
    }

    /// Tells the findings of contracts whose time has come.
    pub(super) fn publish_due(&mut self, now: Instant) {
        for index in 0..self.contracts.units.len() {
            if self.contracts.units[index].due.is_some_and(|due| due <= now) {
                self.contracts.units[index].due = None;
                self.publish(index);
            }
        }
    }

    fn publish(&mut self, index: usize) {
        let unit = &mut self.contracts.units[index];
        let workspace = unit.workspace.clone();
        let mut findings: Vec<Diagnostic> = unit.model().findings().to_vec();
        findings.extend(unit.code.iter().cloned());
        let mut by_file: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        // A file without findings any more is told so; the spec always is.
        for uri in std::mem::take(&mut unit.told) {
            by_file.entry(uri).or_default();
        }
        by_file.entry(self.uri(workspace.spec_file())).or_default();
        for finding in &findings {
            let uri = self.uri(&file(&workspace, &finding.location));
            by_file.entry(uri).or_default().push(self.diagnostic(&workspace, finding));
        }
        let told: HashSet<String> =
            by_file.iter().filter(|(_, list)| !list.is_empty()).map(|(uri, _)| uri.clone()).collect();
        for (uri, list) in by_file {
            self.tell(&uri, list);
        }
        self.contracts.units[index].told = told;
    }

    /// Takes back everything that was told of a contract.
    pub(super) fn withdraw(&self, unit: &Unit) {
        for uri in &unit.told {
            self.tell(uri, Vec::new());
        }
    }

    fn tell(&self, uri: &str, diagnostics: Vec<Value>) {
        let mut params = json!({ "uri": uri, "diagnostics": diagnostics });
        if let Some(open) = self.open.get(uri) {
            params["version"] = json!(open.version);
        }
        let _ = self.out.send(Notification::new("textDocument/publishDiagnostics".to_owned(), params).into());
    }

    pub(super) fn diagnostic(&self, workspace: &Workspace, finding: &Diagnostic) -> Value {
        diagnostic(self.encoding, finding, &|place| location(self, workspace, place))
    }
}

fn diagnostic(encoding: Encoding, finding: &Diagnostic, place: &dyn Fn(&Location) -> Value) -> Value {
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| json!({ "location": place(&related.location), "message": related.message }))
        .collect();
    json!({
        "range": encoding.range(&finding.location.source, finding.location.span),
        "severity": protocol::severity(finding.rule.severity),
        "code": finding.rule.id,
        "codeDescription": { "href": page(finding.rule) },
        "source": "inngest-offload",
        "message": format!("{}\n{}", finding.message, finding.help),
        "relatedInformation": related,
    })
}
