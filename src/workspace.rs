//! The only access to the disk: find the root, read the spec, look at what is there, carry out a plan.
//!
//! Nothing outside of the root is written, and no link is followed on the way to an output. A file is
//! written under another name and renamed, so that it is the old one or the new one, never a part.

mod application;
mod find;
mod git;
mod site;
mod templates;
mod watch;
mod write;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::{self, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use find::{NotFound, SPEC_NAMES};
pub use git::{Former, NoFormer};
pub use site::{NoSite, Site};
pub use templates::{EjectError, eject, read_templates};
pub use watch::{Changes, Watch, WatchError};
pub use write::{Applied, ApplyError, write_report};

use crate::artifact::{Artifact, Ownership};
use crate::contract::RelPath;
use crate::plan::{Obstacle, OnDisk, Snapshot};
use crate::source::MAX_BYTES;

/// A root folder and the spec in it.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    spec: PathBuf,
    shown: String,
}

impl Workspace {
    /// The spec's bytes, at most one more than can be compiled.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read_spec(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(&self.spec)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The spec's path from the root, with `/`; its own path when it lies elsewhere.
    pub fn spec(&self) -> &str {
        &self.shown
    }

    /// The spec's own path.
    pub fn spec_file(&self) -> &Path {
        &self.spec
    }

    /// The root folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// How people know a folder: from the root where it lies in it.
    pub fn shown(&self, folder: &Path) -> String {
        let whole = |path: &Path| fs::canonicalize(path).ok();
        let inside = whole(&self.root)
            .zip(whole(folder))
            .and_then(|(root, folder)| folder.strip_prefix(root).ok().map(Path::to_path_buf));
        let shown = inside.filter(|path| !path.as_os_str().is_empty());
        shown.as_deref().unwrap_or(folder).to_string_lossy().replace('\\', "/")
    }

    /// The root as seen from the repository that it lies in: empty, or with `/` at its end. Empty without
    /// a repository.
    pub fn in_repository(&self) -> String {
        let Ok(root) = fs::canonicalize(&self.root) else { return String::new() };
        let repository = root.ancestors().find(|folder| fs::symlink_metadata(folder.join(".git")).is_ok());
        let inside = repository.and_then(|folder| root.strip_prefix(folder).ok());
        inside.into_iter().flatten().map(|part| format!("{}/", part.to_string_lossy())).collect()
    }

    /// What is at the paths of the artifacts, and which other files lie directly in the folders.
    ///
    /// # Errors
    /// A folder cannot be listed.
    pub fn snapshot(&self, artifacts: &[Artifact], folders: &[RelPath]) -> io::Result<Snapshot> {
        let mut above: HashMap<&str, Option<Obstacle>> = HashMap::new();
        for artifact in artifacts {
            self.look_above(parent(artifact.path.as_str()), &mut above);
        }
        let mut listed: HashSet<RelPath> = HashSet::new();
        for folder in folders {
            if self.look_above(folder.as_str(), &mut above).is_none() {
                self.list(folder, &mut listed)?;
            }
        }
        let wanted = artifacts.iter().map(|artifact| (listed.take(&artifact.path).is_some(), artifact));
        let wanted: Vec<(bool, &Artifact)> = wanted.collect();
        let look = |buffer: &mut Vec<u8>, path: &RelPath, is_file: bool, artifact: Option<&Artifact>| {
            let found = match above.get(parent(path.as_str())) {
                Some(Some(obstacle)) => Some(OnDisk::Obstacle(*obstacle)),
                _ => self.look(path, is_file, artifact, buffer),
            };
            found.map(|found| (path.clone(), found))
        };
        let artifacts = wanted
            .into_par_iter()
            .map_init(Vec::new, |buffer, (is_file, artifact)| look(buffer, &artifact.path, is_file, Some(artifact)));
        let others = listed.par_iter().map_init(Vec::new, |buffer, path| look(buffer, path, true, None));
        let files: Vec<(RelPath, OnDisk)> = artifacts.chain(others).flatten().collect();
        Ok(Snapshot { files: BTreeMap::from_iter(files) })
    }

    /// The texts of files of this name in the folders beside a folder.
    ///
    /// # Errors
    /// The folder above cannot be listed.
    pub fn beside(&self, folder: &RelPath, name: &str) -> io::Result<Vec<(RelPath, String)>> {
        let above = parent(folder.as_str());
        if self.look_above(above, &mut HashMap::new()).is_some() {
            return Ok(Vec::new());
        }
        let entries = match fs::read_dir(self.root.join(above)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            let path = if above.is_empty() { String::new() } else { format!("{above}/") };
            let path = entry.file_name().to_str().and_then(|name| RelPath::parse(&format!("{path}{name}")).ok());
            if let Some(path) = path.filter(|path| path != folder)
                && entry.file_type()?.is_dir()
                && let Ok(text) = fs::read_to_string(entry.path().join(name))
            {
                found.push((path, text));
            }
        }
        found.sort();
        Ok(found)
    }

    /// What keeps a folder from holding outputs; `None` when it is a folder or is not there.
    fn look_above<'p>(&self, folder: &'p str, known: &mut HashMap<&'p str, Option<Obstacle>>) -> Option<Obstacle> {
        if folder.is_empty() {
            return None;
        }
        if let Some(known) = known.get(folder) {
            return *known;
        }
        let obstacle = self.look_above(parent(folder), known).or_else(|| {
            let metadata = fs::symlink_metadata(self.root.join(folder)).ok()?;
            if metadata.file_type().is_symlink() {
                Some(Obstacle::Link)
            } else if metadata.is_dir() {
                None
            } else {
                Some(Obstacle::FileAbove)
            }
        });
        known.insert(folder, obstacle);
        obstacle
    }

    fn list(&self, folder: &RelPath, into: &mut HashSet<RelPath>) -> io::Result<()> {
        let entries = match fs::read_dir(self.root.join(folder.as_str())) {
            Ok(entries) => entries,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound) => return Ok(()),
            Err(error) => return Err(error),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if !write::is_unfinished(&name)
                && entry.file_type()?.is_file()
                && let Some(path) = name.to_str().and_then(|name| folder.join(name).ok())
            {
                into.insert(path);
            }
        }
        Ok(())
    }

    /// What is at a path. A text is kept only when it is not the artifact's: most of a tree is as it
    /// should be. `is_file` when its folder said so. `buffer` serves one file after the other.
    fn look(&self, path: &RelPath, is_file: bool, artifact: Option<&Artifact>, buffer: &mut Vec<u8>) -> Option<OnDisk> {
        let full = self.root.join(path.as_str());
        if !is_file {
            let metadata = match fs::symlink_metadata(&full) {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
                Err(_) => return Some(OnDisk::Obstacle(Obstacle::Unreadable)),
            };
            if let Some(obstacle) = obstacle(metadata.file_type()) {
                return Some(OnDisk::Obstacle(obstacle));
            }
        }
        if artifact.is_some_and(|artifact| artifact.ownership == Ownership::Handler) {
            return Some(OnDisk::Same);
        }
        let expected = artifact.map(|artifact| artifact.text.as_bytes());
        buffer.clear();
        // Room for one byte more than is expected, so that the end is seen without another look.
        buffer.reserve(expected.map_or(0, <[u8]>::len) + 64);
        // `take` keeps `read_to_end` from asking for the size first.
        let read = fs::File::open(&full).and_then(|file| file.take(u64::MAX).read_to_end(buffer));
        Some(match read {
            Ok(_) if expected.is_some_and(|expected| expected == buffer.as_slice()) => OnDisk::Same,
            Ok(_) => String::from_utf8(buffer.clone()).map_or(OnDisk::Binary, OnDisk::Text),
            Err(_) => OnDisk::Obstacle(Obstacle::Unreadable),
        })
    }
}

fn obstacle(kind: FileType) -> Option<Obstacle> {
    if kind.is_file() {
        None
    } else if kind.is_symlink() {
        Some(Obstacle::Link)
    } else if kind.is_dir() {
        Some(Obstacle::Folder)
    } else {
        Some(Obstacle::Special)
    }
}

/// The folder of a path; empty for the root.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path for messages: what cannot be seen is written out, so that no name of a file adds a line.
pub fn shown(path: &Path) -> String {
    crate::names::visible(&path.to_string_lossy())
}
