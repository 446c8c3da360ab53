//! Where a name is declared, and where it is used.

use super::Model;
use super::code::{self, Spelling};
use super::names::{self, Name, Role};
use crate::document::Part;
use crate::pointer::Pointer;
use crate::source::{Location, Source, Span};

/// A name, wherever it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) role: Role,
    pub(super) text: String,
    /// Where it was found.
    pub(super) span: Span,
}

impl From<Name> for Named {
    fn from(name: Name) -> Self {
        Self { role: name.role, text: name.text, span: name.span }
    }
}

/// The name at a byte of the spec.
pub(super) fn named(model: &Model, offset: usize) -> Option<Named> {
    names::at(model.document(), offset).map(Named::from)
}

/// The name at a byte of code.
pub(super) fn named_in_code(source: &Source, offset: usize, spellings: &[Spelling]) -> Option<Named> {
    let (spelling, span) = code::at(source, offset, spellings)?;
    Some(Named { role: spelling.role, text: spelling.name.clone(), span })
}

/// Where the spec declares a name; where it follows from a convention, what it follows for.
pub(super) fn definition(model: &Model, name: &Named) -> Vec<Location> {
    let document = model.document();
    let here = |span: Span| Location { source: document.source().clone(), span };
    let all = names::all(document);
    let same = |other: &&Name| other.role == name.role && other.text == name.text;
    let declared: Vec<Location> =
        all.iter().filter(same).filter(|other| other.declares).map(|other| here(other.span)).collect();
    if !declared.is_empty() {
        return declared;
    }
    let place = |at: &Pointer| document.get(at).map(|_| document.locate(at, Part::Key));
    let Some(contract) = model.contract() else { return Vec::new() };
    let derived: Option<Location> = match name.role {
        Role::Event => {
            contract.events().find(|(_, event)| event.name.value == name.text).and_then(|(_, e)| place(&e.at))
        }
        Role::Variable => contract.flags.get(&name.text).and_then(|flag| place(&flag.at)),
        _ => None,
    };
    // A variable that is no flag is declared where it is named first.
    let first = || (name.role == Role::Variable).then(|| all.iter().find(same).map(|other| here(other.span))).flatten();
    derived.or_else(first).into_iter().collect()
}

/// Everywhere in the spec.
pub(super) fn references(model: &Model, name: &Named, declarations: bool) -> Vec<Location> {
    let document = model.document();
    let all = names::all(document).into_iter();
    let same = all.filter(|other| other.role == name.role && other.text == name.text);
    let wanted = same.filter(|other| declarations || !other.declares);
    wanted.map(|other| Location { source: document.source().clone(), span: other.span }).collect()
}

/// Everywhere in a file of code.
pub(super) fn references_in_code(source: &Source, spellings: &[Spelling], name: &Named) -> Vec<Span> {
    code::uses(source.text(), spellings, name.role, &name.text)
}
