//! Carrying out a plan.
//!
//! Killed at any moment, each file is the old one or the new one, and the next run finishes the work. So a text is
//! written under another name in the same folder and renamed; `contract.json`, by which the next run knows where
//! outputs were, changes last; and what is replaced or removed is read once more right before, so that a change
//! which somebody made in the meantime is not lost.
//!
//! Nothing is synced to the platter: what is generated can be generated again. After a power cut a file may be
//! empty; its seal is broken or gone then, `check` tells of it, and `generate --force` replaces it.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use super::folder::{Folder, Folders};
use super::lock::Lock;
use super::{Workspace, parent};
use crate::artifact::Artifact;
use crate::contract::RelPath;
use crate::emit::CONTRACT_FILE;
use crate::plan::{Plan, Stale};

/// What was done.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Files that were not there before.
    pub created: Vec<RelPath>,
    /// Files that were rewritten.
    pub updated: Vec<RelPath>,
    /// Files that were removed.
    pub deleted: Vec<RelPath>,
}

impl Applied {
    /// What a plan does when it is carried out to its end.
    pub fn of(plan: &Plan) -> Self {
        Self {
            created: plan.create.iter().map(|artifact| artifact.path.clone()).collect(),
            updated: plan.update.iter().map(|update| update.artifact.path.clone()).collect(),
            deleted: plan.delete.iter().map(|stale| stale.path.clone()).collect(),
        }
    }
}

/// Why a plan could not be carried out to its end. Each file is the old one or the new one; the next
/// run finishes the work.
#[derive(Debug)]
pub struct ApplyError {
    /// The file.
    pub path: RelPath,
    /// What was to be done with it.
    pub action: &'static str,
    /// Why it failed.
    pub error: io::Error,
    /// How many files were changed before.
    pub done: usize,
    /// How many were to be changed.
    pub all: usize,
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "cannot {} {}: {}", self.action, self.path, self.error)?;
        match self.done {
            0 => f.write_str("No file was changed. Fix this, then run `generate` again."),
            done => write!(
                f,
                "{done} of {} files were updated, the others are unchanged. Fix this, then run `generate` again to \
                 update the rest.",
                self.all
            ),
        }
    }
}

impl std::error::Error for ApplyError {}

/// What files are called until they are complete.
const UNFINISHED: &str = ".inngest-offload-";

/// Whether a file name is one of an output that is not complete.
pub(super) fn is_unfinished(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(UNFINISHED) && name.ends_with(".tmp"))
}

/// A file that could not be dealt with: which, what was to be done, and why not.
type Fault = (RelPath, &'static str, io::Error);

impl Workspace {
    /// Carries out a plan; conflicts in it are left alone.
    ///
    /// Every new text is first written beside its place under another name; only when all of them are
    /// there, they are renamed and stale files are removed. So a full disk leaves the old tree whole.
    ///
    /// # Errors
    /// The first file that could not be written, renamed or removed.
    pub fn apply(&self, plan: &Plan, lock: &Lock) -> Result<Applied, ApplyError> {
        let all = plan.create.len() + plan.update.len() + plan.delete.len();
        let mut done = 0;
        match self.carry_out(plan, lock, &mut done) {
            Ok(()) => Ok(Applied::of(plan)),
            Err((path, action, error)) => Err(ApplyError { path, action, error, done, all }),
        }
    }

    fn carry_out(&self, plan: &Plan, lock: &Lock, done: &mut usize) -> Result<(), Fault> {
        let created = plan.create.iter().map(|artifact| (artifact, None));
        let updated = plan.update.iter().map(|update| (&update.artifact, Some(update.before.as_str())));
        let puts: Vec<(&Artifact, Option<&str>)> = created.chain(updated).collect();
        let Some(any) =
            puts.first().map(|(artifact, _)| &artifact.path).or(plan.delete.first().map(|stale| &stale.path))
        else {
            return self.sweep(&plan.unfinished, lock);
        };
        let root = Folder::root(&self.root).map_err(|error| (any.clone(), "open the root folder of", error))?;
        self.sweep(&plan.unfinished, lock)?;
        let folders = make_folders(&root, &puts)?;
        let written: Vec<Result<Put<'_>, Fault>> = puts
            .par_iter()
            .map(|(artifact, before)| {
                let path = artifact.path.as_str();
                let folder = &folders[parent(path)];
                Unfinished::write(folder, name(path), artifact.text.as_bytes(), before.is_some())
                    .map(|unfinished| Put { path: &artifact.path, unfinished, before: *before })
                    .map_err(|error| (artifact.path.clone(), "write", error))
            })
            .collect();
        // One failure drops, and so removes, all that was written under another name.
        let written = written.into_iter().collect::<Result<Vec<_>, _>>()?;
        let (last, first): (Vec<Put<'_>>, Vec<Put<'_>>) = written.into_iter().partition(|put| is_last(put.path));
        let (last_stale, stale): (Vec<&Stale>, Vec<&Stale>) =
            plan.delete.iter().partition(|stale| is_last(&stale.path));
        let mut below = Folders::of(root);
        for put in first {
            put.finish()?;
            *done += 1;
        }
        for stale in stale.into_iter().chain(last_stale) {
            remove(&mut below, stale)?;
            *done += 1;
        }
        for put in last {
            put.finish()?;
            *done += 1;
        }
        Ok(())
    }

    /// Removes what runs that were killed have left under unfinished names: first, for the room that it takes. Where
    /// another run may be at work, only what is old.
    fn sweep(&self, unfinished: &[RelPath], lock: &Lock) -> Result<(), Fault> {
        const OLD: Duration = Duration::from_secs(600);
        let Some(any) = unfinished.first() else { return Ok(()) };
        let root = Folder::root(&self.root).map_err(|error| (any.clone(), "open the root folder of", error))?;
        let mut folders = Folders::of(root);
        for path in unfinished {
            let Ok(Some(folder)) = folders.get(parent(path.as_str())) else { continue };
            let name = name(path.as_str());
            let age = || folder.modified(name).ok()?.elapsed().ok();
            if lock.is_held() || age().is_some_and(|age| age > OLD) {
                // Left for the next run if it cannot be removed now.
                let _ = folder.remove(name);
            }
        }
        Ok(())
    }
}

/// What the next run knows the folders of this one by: as long as it is the old one, it finds what is stale.
fn is_last(path: &RelPath) -> bool {
    name(path.as_str()) == CONTRACT_FILE
}

fn name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

fn make_folders<'p>(
    root: &Folder,
    puts: &[(&'p Artifact, Option<&str>)],
) -> Result<HashMap<&'p str, Arc<Folder>>, Fault> {
    let mut made = HashMap::new();
    for (artifact, _) in puts {
        let folder = parent(artifact.path.as_str());
        if !made.contains_key(folder) {
            let opened =
                root.make_all(folder).map_err(|error| (artifact.path.clone(), "create the folder of", error))?;
            made.insert(folder, Arc::new(opened));
        }
    }
    Ok(made)
}

fn remove<'p>(folders: &mut Folders<'p>, stale: &'p Stale) -> Result<(), Fault> {
    let path = stale.path.as_str();
    let Ok(Some(folder)) = folders.get(parent(path)) else { return Ok(()) };
    let removed = unchanged(&folder, name(path), &stale.before).and_then(|()| folder.remove(name(path)));
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err((stale.path.clone(), "remove", error)),
        _ => Ok(()),
    }
}

/// Fails when a file has another text than the plan was made for. What is no text is not kept by the plan, which
/// replaces it only when it was told to.
fn unchanged(folder: &Folder, name: &str, before: &str) -> io::Result<()> {
    let mut now = Vec::new();
    if !before.is_empty() && (folder.read(name, &mut now)? == 0 || now != before.as_bytes()) {
        return Err(io::Error::other("it was changed during this run"));
    }
    Ok(())
}

/// A text that is to get its name.
struct Put<'p> {
    path: &'p RelPath,
    unfinished: Unfinished,
    /// What has the name now.
    before: Option<&'p str>,
}

impl Put<'_> {
    fn finish(self) -> Result<(), Fault> {
        let (action, finished) = match self.before {
            None => ("create", self.unfinished.place()),
            Some(before) => {
                let same = unchanged(&self.unfinished.folder, &self.unfinished.name, before);
                ("replace", same.and_then(|()| self.unfinished.replace()))
            }
        };
        finished.map_err(|error| {
            let error = match error.kind() {
                io::ErrorKind::AlreadyExists => io::Error::other("it was created during this run"),
                io::ErrorKind::NotFound => io::Error::other("it was removed during this run"),
                _ => error,
            };
            (self.path.clone(), action, error)
        })
    }
}

/// A file that is complete under another name. Dropped before it is finished, it is removed.
pub(super) struct Unfinished {
    folder: Arc<Folder>,
    name: String,
    beside: Option<String>,
}

impl Unfinished {
    /// Writes a text beside the place of its name. The mode of the file that `exists` there is kept.
    pub(super) fn write(folder: &Arc<Folder>, name: &str, bytes: &[u8], exists: bool) -> io::Result<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let beside = format!("{UNFINISHED}{}-{count}.tmp", process::id());
            let unfinished = |beside| Self { folder: Arc::clone(folder), name: name.to_owned(), beside };
            match folder.create(&beside, bytes, exists.then_some(name)) {
                Ok(()) => return Ok(unfinished(Some(beside))),
                // Process ids come again, in containers soon.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => {
                    drop(unfinished(Some(beside)));
                    return Err(error);
                }
            }
        }
    }

    /// Gives it its name, which nothing has.
    pub(super) fn place(mut self) -> io::Result<()> {
        let Some(beside) = &self.beside else { return Ok(()) };
        self.folder.place(beside, &self.name)?;
        self.beside = None;
        Ok(())
    }

    /// Gives it its name, in the place of what has it.
    pub(super) fn replace(mut self) -> io::Result<()> {
        let Some(beside) = &self.beside else { return Ok(()) };
        self.folder.replace(beside, &self.name)?;
        self.beside = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // What cannot be removed is found, and told apart by its name, next time.
            let _ = self.folder.remove(beside);
        }
    }
}

/// Writes a report where somebody asked for it, outside of the root as well, and the folders above it. The
/// file may be one that only takes writes, such as `/dev/stderr`: so it is written to in place.
///
/// # Errors
/// It cannot be written.
pub fn write_report(file: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| *folder != Path::new("")) {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes)
}
