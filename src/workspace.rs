//! The only access to the disk: find the root, read the spec, look at what is there, carry out a plan.
//!
//! Nothing outside of the root is written, and no link is followed on the way to an output. A file is
//! written under another name and renamed, so that it is the old one or the new one, never a part.

mod application;
mod find;
mod folder;
mod git;
mod lock;
mod site;
mod templates;
mod watch;
mod write;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rayon::prelude::*;

pub use find::{NotFound, SPEC_NAMES};
pub use git::{Former, NoFormer};
pub use lock::Lock;
pub use site::{NoSite, Site};
pub use templates::{EjectError, eject, read_templates};
pub use watch::{Changes, Watch, WatchError};
pub use write::{Applied, ApplyError, write_report};

use folder::{Folder, Folders, Kind};

use crate::artifact::{Artifact, Ownership, names_spec, spec_of};
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
    /// The spec's bytes, at most one more than can be compiled. One that is written to while it is read is read again:
    /// half a spec may be a spec that asks for less.
    ///
    /// # Errors
    /// It cannot be read, or somebody does not stop writing to it.
    pub fn read_spec(&self) -> io::Result<Vec<u8>> {
        const TRIES: usize = 20;
        const PAUSE: Duration = Duration::from_millis(10);
        for _ in 0..TRIES {
            let file = fs::File::open(&self.spec)?;
            let before = file.metadata()?;
            let mut bytes = Vec::new();
            (&file).take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            let after = fs::metadata(&self.spec)?;
            let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let whole = size == after.len() || size > MAX_BYTES as u64;
            // What is no file, such as a pipe, has no size and is read once.
            if !after.is_file() || (whole && before.modified().ok() == after.modified().ok()) {
                return Ok(bytes);
            }
            thread::sleep(PAUSE);
        }
        Err(io::Error::other("it is being written to; run this again when that is done"))
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
    /// The root cannot be opened, or a folder cannot be listed.
    pub fn snapshot(&self, artifacts: &[Artifact], folders: &[RelPath]) -> io::Result<Snapshot> {
        let mut below = Folders::of(Folder::root(&self.root)?);
        let mut unfinished = Vec::new();
        let mut listed: HashSet<RelPath> = HashSet::new();
        for path in folders {
            if let Ok(Some(folder)) = below.get(path.as_str()) {
                list(path, &folder, &mut listed, &mut unfinished)?;
            }
        }
        // Folders of the team: nothing in them but the artifacts is looked at.
        let mut theirs: HashSet<RelPath> = HashSet::new();
        let mut above: HashMap<&str, Result<Option<Arc<Folder>>, Obstacle>> = HashMap::new();
        for artifact in artifacts {
            let path = parent(artifact.path.as_str());
            if above.contains_key(path) {
                continue;
            }
            let found = below.get(path);
            if let (Ok(Some(folder)), Ok(named)) = (&found, RelPath::parse(path))
                && !folders.contains(&named)
            {
                // One that cannot be listed may still let its files be asked for.
                let _ = list(&named, folder, &mut theirs, &mut unfinished);
            }
            above.insert(path, found);
        }
        let wanted = artifacts.iter().map(|artifact| {
            let is_file = listed.take(&artifact.path).is_some() || theirs.contains(&artifact.path);
            (is_file, artifact)
        });
        let wanted: Vec<(bool, &Artifact)> = wanted.collect();
        let mut others: HashMap<&str, Option<Arc<Folder>>> = HashMap::new();
        for folder in folders {
            others.insert(folder.as_str(), below.get(folder.as_str()).ok().flatten());
        }
        let artifacts = wanted.into_par_iter().map_init(Vec::new, |buffer, (is_file, artifact)| {
            let found = match above.get(parent(artifact.path.as_str())) {
                Some(Err(obstacle)) => Some(OnDisk::Obstacle(*obstacle)),
                Some(Ok(Some(folder))) => look(folder, &artifact.path, is_file, Some(artifact), buffer),
                Some(Ok(None)) | None => None,
            };
            found.map(|found| (artifact.path.clone(), found))
        });
        let others = listed.par_iter().map_init(Vec::new, |buffer, path| {
            let folder = others.get(parent(path.as_str()))?.as_ref()?;
            look(folder, path, true, None, buffer).map(|found| (path.clone(), found))
        });
        let mut files: Vec<(RelPath, OnDisk)> = artifacts.chain(others).flatten().collect();
        self.tell_of_other_specs(&mut files)?;
        unfinished.sort();
        Ok(Snapshot { files: BTreeMap::from_iter(files), unfinished })
    }

    /// Tells files that another spec generates, where that spec is there: one that was renamed is not.
    fn tell_of_other_specs(&self, files: &mut [(RelPath, OnDisk)]) -> io::Result<()> {
        let named = |found: &OnDisk| match found {
            OnDisk::Text(text) if !names_spec(text, self.spec()) => spec_of(text).map(str::to_owned),
            _ => None,
        };
        let specs: BTreeSet<String> = files.iter().filter_map(|(_, found)| named(found)).collect();
        if specs.is_empty() {
            return Ok(());
        }
        let mut folders = Folders::of(Folder::root(&self.root)?);
        let mut there: HashSet<&str> = HashSet::new();
        for spec in &specs {
            let folder = match RelPath::parse(spec) {
                Ok(_) => folders.get(parent(spec)).ok().flatten(),
                Err(_) => None,
            };
            let name = spec.rsplit('/').next().unwrap_or(spec);
            if folder.is_some_and(|folder| folder.kind(name).is_ok_and(|kind| kind.obstacle().is_none())) {
                there.insert(spec);
            }
        }
        for (_, found) in files {
            if let Some(spec) = named(found).filter(|spec| there.contains(spec.as_str())) {
                *found = OnDisk::OfSpec(spec);
            }
        }
        Ok(())
    }

    /// The texts of files of this name in the folders beside a folder.
    ///
    /// # Errors
    /// The folder above cannot be listed.
    pub fn beside(&self, folder: &RelPath, name: &str) -> io::Result<Vec<(RelPath, String)>> {
        let above = parent(folder.as_str());
        let mut below = Folders::of(Folder::root(&self.root)?);
        let Ok(Some(open)) = below.get(above) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for (entry, kind) in open.entries()? {
            let path = if above.is_empty() { String::new() } else { format!("{above}/") };
            let Some(entry) = entry.to_str().filter(|_| kind == Kind::Folder) else { continue };
            let Ok(path) = RelPath::parse(&format!("{path}{entry}")) else { continue };
            let mut bytes = Vec::new();
            if path != *folder
                && open.open(entry).and_then(|sibling| sibling.read(name, &mut bytes)).is_ok()
                && let Ok(text) = String::from_utf8(bytes)
            {
                found.push((path, text));
            }
        }
        found.sort();
        Ok(found)
    }
}

/// The files of a folder, those that are not complete apart.
fn list(path: &RelPath, folder: &Folder, into: &mut HashSet<RelPath>, unfinished: &mut Vec<RelPath>) -> io::Result<()> {
    for (name, kind) in folder.entries()? {
        if kind == Kind::File
            && let Some(path) = name.to_str().and_then(|name| path.join(name).ok())
        {
            if write::is_unfinished(&name) {
                unfinished.push(path);
            } else {
                into.insert(path);
            }
        }
    }
    Ok(())
}

/// What is at a path. A text is kept only when it is not the artifact's: most of a tree is as it
/// should be. `is_file` when its folder said so. `buffer` serves one file after the other.
fn look(
    folder: &Folder,
    path: &RelPath,
    is_file: bool,
    artifact: Option<&Artifact>,
    buffer: &mut Vec<u8>,
) -> Option<OnDisk> {
    let name = path.as_str().rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
    if !is_file {
        match folder.kind(name).map(Kind::obstacle) {
            Ok(None) => {}
            Ok(Some(obstacle)) => return Some(OnDisk::Obstacle(obstacle)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(_) => return Some(OnDisk::Obstacle(Obstacle::Unreadable)),
        }
    }
    if artifact.is_some_and(|artifact| artifact.ownership == Ownership::Handler) {
        return Some(OnDisk::Same);
    }
    let expected = artifact.map(|artifact| artifact.text.as_bytes());
    buffer.clear();
    // Room for one byte more than is expected, so that the end is seen without another look.
    buffer.reserve(expected.map_or(0, <[u8]>::len) + 64);
    match folder.read(name, buffer) {
        Ok(_) if expected.is_some_and(|expected| expected == buffer.as_slice()) => Some(OnDisk::Same),
        Ok(_) => Some(String::from_utf8(buffer.clone()).map_or(OnDisk::Binary, OnDisk::Text)),
        // It was removed since its folder was listed.
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(OnDisk::Obstacle(Obstacle::Unreadable)),
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
