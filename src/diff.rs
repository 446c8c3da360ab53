//! What changed between two contracts: every change breaking, risky or safe, with the reason, who is
//! hit and how to ship it.
//!
//! Both sides are compiled. A matching stage pairs what belongs together, so that a rename is a rename
//! and not a removal beside an addition; one rule a file then looks at the pairs. What no rule accounts
//! for is found by comparing all facts of both sides, so that no change is ever taken for none. Nothing
//! here reads a file or runs git.

mod answers;
mod changes;
pub mod comment;
mod conditions;
mod delta;
mod facts;
mod keys;
mod lists;
mod matching;
mod options;
mod plan;
mod remainder;
mod renames;
mod rules;
mod types;
mod wording;
mod words;

pub use changes::{ChangeRule, Changes};
pub use delta::Delta;
pub use matching::{Evolution, Matched};
pub use rules::RULES;

use crate::compile::Compiled;
use crate::diagnostic::Diagnostic;

/// Every change from one contract to another, in the order of the rules.
pub fn diff(old: &Compiled, new: &Compiled) -> Vec<Diagnostic> {
    let evolution = Evolution::new(&old.contract, &new.contract);
    let mut changes = Changes::new(&old.document, &new.document);
    for rule in RULES {
        (rule.check)(&evolution, &mut changes);
    }
    remainder::tell(&evolution, &mut changes);
    changes.into_diagnostics()
}
