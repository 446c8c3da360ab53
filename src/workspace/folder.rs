//! A folder below the root that is held open, so that no link decides what is read or written.
//!
//! A path that is asked about first and used later may lead elsewhere by then. So a path is walked once, part
//! by part and never through a link, and what follows is asked of the folder that was reached. Where the
//! system has no such calls (Windows), every folder on the way is looked at again right before each use; a link
//! that is put there in between is followed.

#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::collections::HashMap;
use std::fs::FileType;
use std::io::{self, Read};
use std::sync::Arc;

#[cfg(not(unix))]
pub(super) use portable::Folder;
#[cfg(unix)]
pub(super) use unix::Folder;

use super::parent;
use crate::plan::Obstacle;

/// What a name stands for; no link is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    Link,
    Special,
}

impl Kind {
    /// Why no file can be written in its place.
    pub(super) fn obstacle(self) -> Option<Obstacle> {
        match self {
            Self::File => None,
            Self::Folder => Some(Obstacle::Folder),
            Self::Link => Some(Obstacle::Link),
            Self::Special => Some(Obstacle::Special),
        }
    }
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        match kind {
            kind if kind.is_symlink() => Self::Link,
            kind if kind.is_file() => Self::File,
            kind if kind.is_dir() => Self::Folder,
            _ => Self::Special,
        }
    }
}

impl Folder {
    /// Reads a file to its end.
    pub(super) fn read(&self, name: &str, into: &mut Vec<u8>) -> io::Result<usize> {
        // `take` keeps `read_to_end` from asking for the size first.
        self.reader(name)?.take(u64::MAX).read_to_end(into)
    }

    /// Whether a file has just this text. No more of it is held than a part.
    pub(super) fn holds(&self, name: &str, text: &[u8]) -> io::Result<bool> {
        const PART: usize = 256 << 10;
        let mut file = self.reader(name)?;
        let mut part = vec![0; PART.min(text.len() + 1)];
        let mut rest = text;
        loop {
            match file.read(&mut part) {
                Ok(0) => return Ok(rest.is_empty()),
                Ok(read) => match rest.strip_prefix(&part[..read]) {
                    Some(left) => rest = left,
                    None => return Ok(false),
                },
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The folder at a path below this one, made where it is not there.
    ///
    /// # Errors
    /// It cannot be made, or a part of the path is a link or a file.
    pub(super) fn make_all(&self, path: &str) -> io::Result<Self> {
        let mut folder = self.again()?;
        for part in path.split('/').filter(|part| !part.is_empty()) {
            folder = folder.make(part).map_err(|error| match folder.kind(part) {
                Ok(Kind::Link) => io::Error::other(format!(
                    "`{part}` is a symbolic link, and outputs are never written through links"
                )),
                Ok(Kind::File | Kind::Special) => io::Error::other(format!("`{part}` is not a folder")),
                _ => error,
            })?;
        }
        Ok(folder)
    }
}

/// Folders below a root, each opened once.
pub(super) struct Folders<'p> {
    root: Arc<Folder>,
    known: HashMap<&'p str, Result<Option<Arc<Folder>>, Obstacle>>,
}

impl<'p> Folders<'p> {
    /// Nothing is opened yet but the root.
    pub(super) fn of(root: Folder) -> Self {
        Self { root: Arc::new(root), known: HashMap::new() }
    }

    /// The folder at a path: `None` when it is not there, or what stands in the way.
    pub(super) fn get(&mut self, path: &'p str) -> Result<Option<Arc<Folder>>, Obstacle> {
        if path.is_empty() {
            return Ok(Some(Arc::clone(&self.root)));
        }
        if let Some(known) = self.known.get(path) {
            return known.clone();
        }
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        let found = self.get(parent(path)).and_then(|above| match above {
            None => Ok(None),
            Some(above) => match above.open(name) {
                Ok(folder) => Ok(Some(Arc::new(folder))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(_) => Err(match above.kind(name) {
                    Ok(Kind::Link) => Obstacle::Link,
                    Ok(Kind::File | Kind::Special) => Obstacle::FileAbove,
                    Ok(Kind::Folder) | Err(_) => Obstacle::Unreadable,
                }),
            },
        });
        self.known.insert(path, found.clone());
        found
    }
}
