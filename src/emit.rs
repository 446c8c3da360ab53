//! Contract → Artifacts: one emitter a kind of output. An emitter builds a typed view and hands it
//! to a template that prints it; it decides everything and touches no disk.

mod contract_json;
mod docs;
mod file_name;
mod former;
pub mod json;
mod ready;
mod schemas;
mod templates;
mod tree;
pub mod typescript;
mod width;
mod worked;
mod yaml;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::artifact::{Artifact, Style};
use crate::contract::{BadPath, Contract, RelPath};
use crate::pointer::Pointer;

pub use contract_json::FILE as CONTRACT_FILE;
pub use former::former_folders;
pub use templates::{BuiltIn, CODES as TEMPLATE_CODES, Given as GivenTemplate, TemplateError, Templates, Views, views};

/// What an emitter works on.
#[derive(Debug, Clone, Copy)]
pub struct Emission<'c> {
    /// The contract; no rule found an error in it.
    pub contract: &'c Contract,
    /// Path of the spec from the root, for the note in each file.
    pub spec: &'c str,
    /// The templates.
    pub templates: &'c Templates,
}

/// One kind of output.
#[derive(Debug)]
pub struct Emitter {
    /// Its name, for messages.
    pub name: &'static str,
    /// The folders in which it may write generated files; what lies directly in them and carries an
    /// intact seal is stale when it is not among the artifacts.
    pub folders: fn(&Contract) -> Vec<RelPath>,
    /// Gives its files, each as soon as it is made.
    emit: fn(&Emission<'_>, &Give<'_>) -> Result<(), EmitError>,
}

/// Takes a file that was made, on any thread and in any order.
type Give<'g> = dyn Fn(Artifact) + Sync + 'g;

/// Why an output could not be made. Every kind is a bug of the compiler or of a template, not of
/// the spec.
#[derive(Debug)]
pub enum EmitError {
    /// A template failed.
    Template(TemplateError),
    /// A name that the rules let through is no file name.
    Path(String, BadPath),
}

impl From<TemplateError> for EmitError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl std::fmt::Display for EmitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::Path(path, bad) => write!(f, "the path `{path}` {}", bad.why()),
        }
    }
}

impl std::error::Error for EmitError {}

impl Emission<'_> {
    /// A generated file that these templates printed.
    fn printed(&self, templates: &[&str], path: RelPath, style: Style, body: String, cause: Pointer) -> Artifact {
        let template = templates.iter().copied().find(|name| self.templates.is_given(name));
        Artifact::printed(path, style, self.spec, template, body, cause)
    }

    /// The path of a file in one of the output folders.
    ///
    /// # Errors
    /// The name is no file name.
    pub fn file(&self, folder: &RelPath, name: &str) -> Result<RelPath, EmitError> {
        folder.join(name).map_err(|bad| EmitError::Path(name.to_owned(), bad))
    }
}

/// Every kind of output. To add one: write its file and its template, add a line here.
pub static EMITTERS: &[&Emitter] = &[
    &typescript::ENVIRONMENT,
    &typescript::EVENTS,
    &typescript::KEYS,
    &typescript::FLAGS,
    &typescript::DISPATCH,
    &typescript::STATUS,
    &typescript::FUNCTIONS,
    &typescript::REGISTRY,
    &typescript::HANDLERS,
    &contract_json::CONTRACT_JSON,
    &schemas::SCHEMAS,
    &docs::ENVIRONMENT,
    &docs::PAGES,
];

impl Emitter {
    /// Its files, sorted by path.
    ///
    /// # Errors
    /// It failed.
    pub fn files(&self, emission: &Emission<'_>) -> Result<Vec<Artifact>, EmitError> {
        gather(&[self], emission, &|_| false).map(|(artifacts, _)| artifacts)
    }
}

/// Every file that follows from a contract, sorted by path.
///
/// # Errors
/// The first emitter that failed; nothing has been written.
pub fn emit(emission: &Emission<'_>) -> Result<Vec<Artifact>, EmitError> {
    emit_unless(emission, &|_| false).map(|(artifacts, _)| artifacts)
}

/// The same, and of the files that are there already the paths alone: each is asked about as soon as it is made,
/// so that the texts of most never exist at once.
///
/// # Errors
/// The first emitter that failed.
pub fn emit_unless(
    emission: &Emission<'_>,
    is_there: &(dyn Fn(&Artifact) -> bool + Sync),
) -> Result<(Vec<Artifact>, Vec<RelPath>), EmitError> {
    gather(EMITTERS, emission, is_there)
}

fn gather(
    emitters: &[&Emitter],
    emission: &Emission<'_>,
    is_there: &(dyn Fn(&Artifact) -> bool + Sync),
) -> Result<(Vec<Artifact>, Vec<RelPath>), EmitError> {
    let all: Mutex<(Vec<Artifact>, Vec<RelPath>)> = Mutex::default();
    let give = |artifact: Artifact| {
        let is_there = is_there(&artifact);
        let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
        if is_there { all.1.push(artifact.path) } else { all.0.push(artifact) }
    };
    let done: Vec<Result<(), EmitError>> = emitters.par_iter().map(|emitter| (emitter.emit)(emission, &give)).collect();
    done.into_iter().collect::<Result<(), EmitError>>()?;
    let (mut artifacts, mut there) = all.into_inner().unwrap_or_else(PoisonError::into_inner);
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    there.sort();
    Ok((artifacts, there))
}

/// Every folder in which a contract has generated files, sorted, each once.
pub fn folders(contract: &Contract) -> Vec<RelPath> {
    let mut folders: Vec<RelPath> = EMITTERS.iter().flat_map(|emitter| (emitter.folders)(contract)).collect();
    folders.sort();
    folders.dedup();
    folders
}
