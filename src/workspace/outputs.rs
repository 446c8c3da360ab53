//! The folders of the output, held open: what is in them, and what is at the paths of artifacts.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::folder::{Folder, Folders, Kind};
use super::{Workspace, parent, write};
use crate::artifact::{Artifact, Ownership, names_spec, spec_of};
use crate::contract::RelPath;
use crate::plan::{Obstacle, OnDisk, Snapshot};

/// The folders of the output as they are.
pub struct Outputs<'f> {
    workspace: &'f Workspace,
    folders: &'f [RelPath],
    below: Folders<'f>,
    open: HashMap<&'f str, Arc<Folder>>,
    /// Files that lie directly in the folders.
    listed: HashSet<RelPath>,
    unfinished: Vec<RelPath>,
}

impl<'f> Outputs<'f> {
    pub(super) fn open(workspace: &'f Workspace, folders: &'f [RelPath]) -> io::Result<Self> {
        let below = Folders::of(Folder::root(workspace.root())?);
        let (open, listed, unfinished) = (HashMap::new(), HashSet::new(), Vec::new());
        let mut outputs = Self { workspace, folders, below, open, listed, unfinished };
        for path in folders {
            if let Ok(Some(folder)) = outputs.below.get(path.as_str()) {
                list(path, &folder, &mut outputs.listed, &mut outputs.unfinished)?;
                outputs.open.insert(path.as_str(), folder);
            }
        }
        Ok(outputs)
    }

    /// Whether a generated file is there with just the text of its artifact.
    pub fn has(&self, artifact: &Artifact) -> bool {
        let (folder, name) = artifact.path.as_str().rsplit_once('/').unwrap_or(("", artifact.path.as_str()));
        let Some(folder) = self.open.get(folder) else { return false };
        artifact.ownership == Ownership::Generated
            && self.listed.contains(&artifact.path)
            && folder.holds(name, artifact.text.as_bytes()).unwrap_or(false)
    }

    /// What is at the paths of the artifacts, and which other files lie directly in the folders; `same` are
    /// paths at which there is what should be.
    ///
    /// # Errors
    /// The root cannot be opened, or a folder cannot be listed.
    pub fn snapshot(mut self, artifacts: &[Artifact], same: Vec<RelPath>) -> io::Result<Snapshot> {
        for path in &same {
            self.listed.remove(path);
        }
        let Outputs { workspace, folders, mut below, open, mut listed, mut unfinished } = self;
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
        let artifacts = wanted.into_par_iter().map_init(Vec::new, |buffer, (is_file, artifact)| {
            let found = match above.get(parent(artifact.path.as_str())) {
                Some(Err(obstacle)) => Some(OnDisk::Obstacle(*obstacle)),
                Some(Ok(Some(folder))) => look(folder, &artifact.path, is_file, Some(artifact), buffer),
                Some(Ok(None)) | None => None,
            };
            found.map(|found| (artifact.path.clone(), found))
        });
        let others = listed.par_iter().map_init(Vec::new, |buffer, path| {
            let folder = open.get(parent(path.as_str()))?;
            look(folder, path, true, None, buffer).map(|found| (path.clone(), found))
        });
        let mut files: Vec<(RelPath, OnDisk)> = artifacts.chain(others).flatten().collect();
        tell_of_other_specs(workspace, &mut files)?;
        files.extend(same.into_iter().map(|path| (path, OnDisk::Same)));
        unfinished.sort();
        Ok(Snapshot { files: BTreeMap::from_iter(files), unfinished })
    }
}

/// Tells files that another spec generates, where that spec is there: one that was renamed is not.
fn tell_of_other_specs(workspace: &Workspace, files: &mut [(RelPath, OnDisk)]) -> io::Result<()> {
    let named = |found: &OnDisk| match found {
        OnDisk::Text(text) if !names_spec(text, workspace.spec()) => spec_of(text).map(str::to_owned),
        _ => None,
    };
    let specs: BTreeSet<String> = files.iter().filter_map(|(_, found)| named(found)).collect();
    if specs.is_empty() {
        return Ok(());
    }
    let mut folders = Folders::of(Folder::root(workspace.root())?);
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
