//! The folder of a team's own templates: what is in it, and copies of the built-in ones.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::emit::GivenTemplate;
use crate::source::Source;

/// Deepest folder that is looked into.
const DEPTH: usize = 8;

/// Every file of a folder of templates but hidden ones, sorted by name. `shown` is how people know the
/// folder.
///
/// # Errors
/// The folder or a file cannot be read.
pub fn read_templates(folder: &Path, shown: &str) -> io::Result<Vec<GivenTemplate>> {
    let mut files = Vec::new();
    list(folder, "", 0, &mut files)?;
    files.sort();
    let read = |(name, path): (String, PathBuf)| {
        let source = Source::from_bytes(format!("{}/{name}", shown.trim_end_matches('/')), fs::read(path)?);
        let is_text = source.is_ok();
        let source = source.unwrap_or_else(|(source, _)| source);
        Ok(GivenTemplate { name, source, is_text })
    };
    files.into_iter().map(read).collect()
}

fn list(folder: &Path, before: &str, depth: usize, into: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let name = format!("{before}{name}");
        // A link is followed: it is the team's own folder, and nothing in it is written to.
        if fs::metadata(entry.path())?.is_dir() {
            if depth < DEPTH {
                list(&entry.path(), &format!("{name}/"), depth + 1, into)?;
            }
        } else {
            into.push((name, entry.path()));
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
                write!(f, "already there: {}; `--force` replaces what is there", files.join(", "))
            }
            Self::Io(path, error) => write!(f, "cannot write {}: {error}", super::shown(path)),
        }
    }
}

impl std::error::Error for EjectError {}

/// Writes files, by name and text, into a folder; none of them when one is there, unless `force`.
///
/// # Errors
/// One is there, or cannot be written.
pub fn eject(folder: &Path, files: &[(&str, &str)], force: bool) -> Result<(), EjectError> {
    let there = |name: &&str| fs::symlink_metadata(folder.join(name)).is_ok();
    let known: Vec<String> = files.iter().map(|(name, _)| *name).filter(there).map(str::to_owned).collect();
    if !known.is_empty() && !force {
        return Err(EjectError::There(known));
    }
    for (name, text) in files {
        let path = folder.join(name);
        let write = || -> io::Result<()> {
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            if force && fs::symlink_metadata(&path).is_ok() {
                fs::remove_file(&path)?;
            }
            fs::File::create_new(&path)?.write_all(text.as_bytes())
        };
        write().map_err(|error| EjectError::Io(path.clone(), error))?;
    }
    Ok(())
}
