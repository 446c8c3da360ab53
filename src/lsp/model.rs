//! What the compiler knows of one text of a spec.

use std::sync::Arc;

use crate::compile::{Compiled, compile};
use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::Document;
use crate::source::Source;

/// A text of a spec, what is wrong with it, and the last contract that came out of it.
#[derive(Debug)]
pub struct Model {
    /// What is wrong with the text.
    findings: Vec<Diagnostic>,
    /// What can be read of a text that gives no contract.
    partial: Option<Document>,
    /// The contract of the text, or else of the last text that gave one.
    good: Option<Arc<Compiled>>,
}

impl Model {
    /// Of a text; `former` is the model of the text before.
    pub fn new(path: &str, text: &str, former: Option<&Self>) -> Self {
        match compile(path, text.as_bytes().to_vec()) {
            Ok(mut compiled) => {
                let findings = Report::new(std::mem::take(&mut compiled.findings)).diagnostics().to_vec();
                Self { findings, partial: None, good: Some(Arc::new(compiled)) }
            }
            Err(findings) => {
                let source = Arc::new(Source::new(path, text.to_owned()));
                let findings = Report::new(findings).diagnostics().to_vec();
                let good = former.and_then(|former| former.good.clone());
                Self { findings, partial: Some(Document::of_what_is_there(source)), good }
            }
        }
    }

    /// What is wrong, in the order of reports.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The values of the text, as far as they can be read.
    pub fn document(&self) -> &Document {
        match (&self.partial, &self.good) {
            (Some(partial), _) => partial,
            (None, Some(good)) => &good.document,
            // Without a contract there is a part.
            (None, None) => unreachable!("a text gives a contract or a part"),
        }
    }

    /// The text.
    pub fn source(&self) -> &Arc<Source> {
        self.document().source()
    }

    /// The contract of this text, or of the last one that gave one.
    pub fn contract(&self) -> Option<&Contract> {
        self.good.as_ref().map(|good| &good.contract)
    }

    /// The contract with the document that its places are in.
    pub fn good(&self) -> Option<&Compiled> {
        self.good.as_deref()
    }

    /// Whether the contract is of this text.
    pub fn is_current(&self) -> bool {
        self.partial.is_none()
    }
}
