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
    findings: Vec<Diagnostic>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The text gives a contract.
    Good(Arc<Compiled>),
    /// It gives none: what can be read of it, and the contract of the last text that gave one.
    Broken(Document, Option<Arc<Compiled>>),
}

impl Model {
    /// Of a text; `former` is the model of the text before.
    pub fn new(path: &str, text: &str, former: Option<&Self>) -> Self {
        let sorted = |findings| Report::new(findings).diagnostics().to_vec();
        match compile(path, text.as_bytes().to_vec()) {
            Ok(mut compiled) => {
                let findings = sorted(std::mem::take(&mut compiled.findings));
                Self { findings, state: State::Good(Arc::new(compiled)) }
            }
            Err(findings) => {
                let document = Document::of_what_is_there(Arc::new(Source::new(path, text.to_owned())));
                let good = former.and_then(|former| match &former.state {
                    State::Good(good) => Some(good.clone()),
                    State::Broken(_, good) => good.clone(),
                });
                Self { findings: sorted(findings), state: State::Broken(document, good) }
            }
        }
    }

    /// What is wrong, in the order of reports.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The values of the text, as far as they can be read.
    pub fn document(&self) -> &Document {
        match &self.state {
            State::Good(good) => &good.document,
            State::Broken(document, _) => document,
        }
    }

    /// The text.
    pub fn source(&self) -> &Arc<Source> {
        self.document().source()
    }

    /// The contract of this text, or of the last one that gave one.
    pub fn contract(&self) -> Option<&Contract> {
        self.good().map(|good| &good.contract)
    }

    /// The contract with the document that its places are in.
    pub fn good(&self) -> Option<&Compiled> {
        match &self.state {
            State::Good(good) => Some(good),
            State::Broken(_, good) => good.as_deref(),
        }
    }

    /// Whether the contract is of this text.
    pub fn is_current(&self) -> bool {
        matches!(self.state, State::Good(_))
    }
}
