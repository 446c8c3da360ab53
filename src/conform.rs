//! The code against the contract: what the application was seen to do, held against what the contract
//! says.
//!
//! `load` reads, `lower` parses, `machine` runs, `observe` asks what the contract speaks of, `evidence` is what several
//! rules make of the answers, and the `rules` judge. Only they know what is right; nothing here touches the disk.

mod amended;
pub mod application;
mod evidence;
mod facts;
mod jsonc;
pub mod load;
pub mod lower;
pub mod machine;
pub(crate) mod names;
pub mod observe;
mod packages;

pub mod paths;
pub mod program;
mod rules;
mod vercel;

use std::collections::BTreeSet;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError};

pub use facts::{Constant, Facts, OtherRoute};
pub use rules::{CodeRule, RULES};
pub use vercel::{Scheduled, Schedules};

use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::findings::Findings;
use crate::lint::{Findable, apply_allow};
use load::{Loaded, Read};

/// Stack of the threads that parse and run code: both recurse as deep as the code is nested.
const STACK: usize = 256 << 20;

/// Whether an application is among these files: a route handler of Next.js.
pub fn is_application(files: &BTreeSet<String>) -> bool {
    files.iter().any(|path| load::address(path).is_some())
}

/// Reads an application and holds it against the contract.
///
/// # Errors
/// No thread could be started.
pub fn conform(
    document: &Document,
    contract: &Contract,
    files: BTreeSet<String>,
    read: &Read<'_>,
) -> Result<Vec<Diagnostic>, ThreadPoolBuildError> {
    Ok(conform_in(&threads(0)?, document, contract, files, read))
}

/// Threads that are fit to parse and run code; as many as the machine has when `count` is 0.
///
/// # Errors
/// No thread could be started.
pub fn threads(count: usize) -> Result<ThreadPool, ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(count).stack_size(STACK).build()
}

/// The same on threads that are there already. How many they are changes nothing of what is found.
pub fn conform_in(
    pool: &ThreadPool,
    document: &Document,
    contract: &Contract,
    files: BTreeSet<String>,
    read: &Read<'_>,
) -> Vec<Diagnostic> {
    pool.install(|| {
        let named: Vec<&str> = contract.ledger.iter().map(|ledger| ledger.writer.module.value.as_str()).collect();
        let loaded = load::load(files, &named, read);
        let found = judge(document, contract, &loaded);
        leave(loaded);
        found
    })
}

/// Does work on threads with a stack that code of any depth can be read and run on.
pub(crate) fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, ThreadPoolBuildError> {
    Ok(threads(0)?.install(work))
}

/// Holds an application that was read against the contract.
pub(crate) fn judge(document: &Document, contract: &Contract, loaded: &Loaded) -> Vec<Diagnostic> {
    let facts = Facts::gather(contract, loaded);
    evidence::gather(&facts);
    let found: Vec<Vec<Diagnostic>> = RULES
        .par_iter()
        .map(|rule| {
            let mut findings = Findings::new(document);
            (rule.check)(&facts, &mut findings);
            let mut found = findings.into_diagnostics();
            for finding in &mut found {
                let related = finding.related.iter_mut().map(|related| &mut related.message);
                let texts = [&mut finding.message, &mut finding.help, &mut finding.label];
                texts.into_iter().chain(related).for_each(evidence::wording::masked);
            }
            found
        })
        .collect();
    leave((facts.offloads, facts.others, facts.functions));
    let found = found.into_iter().flatten().collect();
    let ran = |id: &str| RULES.iter().any(|rule| rule.meta.id == id);
    apply_allow(document, contract, found, &ran, Findable::Alone)
}

/// Gives back the memory of what is no longer needed while the caller goes on: of a million small values that takes a
/// twentieth of a run, and a process that ends meanwhile has nothing to give back.
fn leave(what: impl Send + 'static) {
    // Where no thread can be started it is dropped here.
    let _ = std::thread::Builder::new().name("leavings".to_owned()).spawn(move || drop(what));
}
