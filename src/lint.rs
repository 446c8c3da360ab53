//! Rules over the resolved contract: what the types cannot rule out and production would not
//! forgive. One rule a file; `rules.rs` lists them.

mod bindings;
mod cel;
mod once;
mod repeats;
mod rules;
mod samples;
mod truthy;

pub use crate::findings::{Findings, Rule};

use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::document::Document;

pub use rules::RULES;
pub(crate) use rules::{Findable, UNDECIDED, apply_allow};

/// Runs every rule; findings that the contract accepts are left out, accepted ones that no longer
/// arise are findings themselves.
pub fn lint(document: &Document, contract: &Contract) -> Vec<Diagnostic> {
    let mut findings = Findings::new(document);
    for rule in RULES {
        (rule.check)(contract, &mut findings);
    }
    let found = findings.into_diagnostics();
    let ran = |id: &str| RULES.iter().any(|rule| rule.meta.id == id);
    let mut kept = apply_allow(document, contract, found, &ran, Findable::Always);
    kept.extend(rules::unknown_allow(document, contract));
    kept
}

/// A rule over the contract.
pub type ContractRule = Rule<Contract>;
