//! The folder of a team's own templates: what is in it, and copies of the built-in ones.
//!
//! A spec may name it, and a spec may be a stranger's: so no link is followed below the folder that a person named.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folder::{Folder, Kind};
use super::write::Unfinished;
use crate::emit::GivenTemplate;
use crate::source::Source;

/// Deepest folder that is looked into.
const DEPTH: usize = 8;

/// Every file of a folder of templates but hidden ones, sorted by name. `folder` is its path below a folder that a
/// person named, empty for that one itself; `shown` is how people know it.
///
/// # Errors
/// The folder or a file cannot be read, or is a link.
pub fn read_templates(named: &Path, folder: &str, shown: &str) -> io::Result<Vec<GivenTemplate>> {
    let mut open = Folder::root(named)?;
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        open = open.open(part).map_err(|error| match open.kind(part) {
            Ok(Kind::Link) => link(part),
            _ => error,
        })?;
    }
    let mut files = Vec::new();
    list(&open, "", 0, &mut files)?;
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let shown = shown.trim_end_matches('/');
    let read = |(name, bytes)| {
        let source = Source::from_bytes(format!("{shown}/{name}"), bytes);
        let is_text = source.is_ok();
        let source = source.unwrap_or_else(|(source, _)| source);
        GivenTemplate { name, source, is_text }
    };
    Ok(files.into_iter().map(read).collect())
}

fn link(name: &str) -> io::Error {
    io::Error::other(format!(
        "`{name}` is a symbolic link, which is not followed; replace it by the file that it \
                              points to"
    ))
}

/// Names and bytes of the files of a folder.
fn list(folder: &Folder, before: &str, depth: usize, into: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for (entry, kind) in folder.entries()? {
        let name = entry.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{before}{name}");
        match kind {
            Kind::Link => return Err(link(&path)),
            Kind::Folder if depth < DEPTH => list(&folder.open(&name)?, &format!("{path}/"), depth + 1, into)?,
            Kind::Folder => {}
            Kind::File | Kind::Special => {
                let mut bytes = Vec::new();
                folder.read(&name, &mut bytes)?;
                into.push((path, bytes));
            }
        }
    }
    Ok(())
}

/// Why templates were not copied.
#[derive(Debug)]
pub enum EjectError {
    /// Files are there already, and nothing was written.
    There(Vec<String>),
    /// A file could not be written.
    Io(PathBuf, io::Error),
}

impl fmt::Display for EjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::There(files) => {
                write!(f, "these files already exist: {}; `--force` replaces them", files.join(", "))
            }
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", super::shown(path)),
        }
    }
}

impl std::error::Error for EjectError {}

/// Writes files, by name and text, into a folder below one that a person named; none of them when one is there,
/// unless `force`.
///
/// # Errors
/// One is there, or cannot be written.
pub fn eject(named: &Path, folder: &str, files: &[(&str, &str)], force: bool) -> Result<(), EjectError> {
    let failed = |name: &str| {
        let path = named.join(folder).join(name);
        move |error| EjectError::Io(path, error)
    };
    std::fs::create_dir_all(named).map_err(failed(""))?;
    let open = Folder::root(named).and_then(|root| root.make_all(folder)).map_err(failed(""))?;
    let open = |name: &str| {
        let (above, name) = name.rsplit_once('/').unwrap_or(("", name));
        open.make_all(above).map(|folder| (Arc::new(folder), name.to_owned()))
    };
    let is_there = |name: &&str| open(name).is_ok_and(|(folder, name)| folder.kind(&name).is_ok());
    let known: Vec<String> = files.iter().map(|(name, _)| *name).filter(is_there).map(str::to_owned).collect();
    if !known.is_empty() && !force {
        return Err(EjectError::There(known));
    }
    for (name, text) in files {
        let write = |(folder, name): (Arc<Folder>, String)| {
            let unfinished = Unfinished::write(&folder, &name, text.as_bytes(), false)?;
            if force { unfinished.replace() } else { unfinished.place() }
        };
        open(name).and_then(write).map_err(failed(name))?;
    }
    Ok(())
}
