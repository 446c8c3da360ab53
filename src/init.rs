//! A first spec: one to begin with, or one that describes an application that is there.
//!
//! The application is asked with the machine that conformance runs code with, in worlds that are made to
//! find out (`survey`); what was seen is put together (`draft`), written (`write`) and held against the
//! application by the very rules that `check` has (`settle`). Where they disagree, what was written is
//! marked, not claimed. Nothing here touches the disk.

mod answer;
mod condition;
mod draft;
mod function;
mod gather;
mod key;
mod payload;
mod settle;
mod survey;
mod switch;
mod write;
mod write_offload;
mod yaml;

use std::collections::BTreeSet;

use crate::conform::load::Read;
use crate::conform::with_stack;

/// A spec to begin with, in an empty project: it compiles, and code can be generated from it.
pub const STARTER: &str = include_str!("init/starter.yaml");

/// A spec that describes an application.
#[derive(Debug)]
pub struct Described {
    /// Its text.
    pub text: String,
    /// How many routes that send events it describes; 0 when there is none.
    pub offloads: usize,
    /// How many findings of `check` it has accepted for the time being, and what else is to be decided.
    pub undecided: usize,
}

/// Describes an application whose files are at these paths, relative to its root and with `/`.
///
/// `name` is the contract's, `path` that of the spec. None when there is nothing to describe: no route that
/// sends an event, and none that is scheduled.
///
/// # Errors
/// No thread could be started.
pub fn describe(
    name: &str,
    path: &str,
    files: &BTreeSet<String>,
    read: &Read<'_>,
) -> Result<Option<Described>, rayon::ThreadPoolBuildError> {
    with_stack(|| {
        let (draft, loaded) = gather::gather(name, files, read);
        if draft.offloads.is_empty() && draft.planned.is_none() {
            return None;
        }
        let (text, draft) = settle::settle(draft, path, &loaded);
        let accepted = draft.offloads.iter().map(|offload| offload.accepted.len()).sum::<usize>();
        let planned = draft.planned.as_ref().map_or(0, |planned| planned.accepted.len());
        let undecided = accepted + planned + draft.accepted.len() + draft.synchronous.len();
        Some(Described { text, offloads: draft.offloads.len(), undecided })
    })
}
