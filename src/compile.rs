//! Source → Contract, with every finding on the way.

use std::sync::Arc;

use crate::contract::{self, Contract};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Document};
use crate::lint;
use crate::source::Source;
use crate::spec;

/// A contract with the document it was compiled from.
#[derive(Debug)]
pub struct Compiled {
    /// The values of the spec with their places.
    pub document: Document,
    /// What they mean.
    pub contract: Contract,
    /// What the rules found; errors among it stop the emitters.
    pub findings: Vec<Diagnostic>,
}

impl Compiled {
    /// Whether a rule found an error: nothing follows from such a contract.
    pub fn is_broken(&self) -> bool {
        self.findings.iter().any(|finding| finding.rule.severity == Severity::Error)
    }
}

/// Compiles bytes. `path` is how people know the file.
///
/// # Errors
/// The findings of the first stage that could not be completed.
pub fn compile(path: &str, bytes: Vec<u8>) -> Result<Compiled, Vec<Diagnostic>> {
    let source =
        Source::from_bytes(path, bytes).map_err(|(source, reason)| vec![document::not_text(source, &reason)])?;
    let document = Document::parse(Arc::new(source))?;
    let spec = spec::load(&document)?;
    let contract = contract::resolve(&document, &spec)?;
    let findings = lint::lint(&document, &contract);
    Ok(Compiled { document, contract, findings })
}
