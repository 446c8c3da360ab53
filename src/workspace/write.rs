//! Carrying out a plan.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use super::{Workspace, parent};
use crate::artifact::Artifact;
use crate::contract::RelPath;
use crate::plan::Plan;

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
}

impl fmt::Display for ApplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path, self.error)
    }
}

impl std::error::Error for ApplyError {}

/// What files are called until they are complete.
const UNFINISHED: &str = ".inngest-offload-";

/// Whether a file name is one of an output that is not complete.
pub(super) fn is_unfinished(name: &OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(UNFINISHED) && name.ends_with(".tmp"))
}

impl Workspace {
    /// Carries out a plan; conflicts in it are left alone.
    ///
    /// Every new text is first written beside its place under another name; only when all of them are
    /// there, they are renamed and stale files are removed. So a full disk leaves the old tree whole.
    ///
    /// # Errors
    /// The first file that could not be written, renamed or removed.
    pub fn apply(&self, plan: &Plan) -> Result<Applied, ApplyError> {
        let artifacts: Vec<&Artifact> =
            plan.create.iter().chain(plan.update.iter().map(|update| &update.artifact)).collect();
        self.make_folders(&artifacts)?;
        let written: Vec<Result<Unfinished, ApplyError>> =
            artifacts.par_iter().map(|artifact| Unfinished::write(&self.root, artifact)).collect();
        // One failure drops, and so removes, all that was written under another name.
        let written = written.into_iter().collect::<Result<Vec<_>, _>>()?;
        for unfinished in written {
            unfinished.finish()?;
        }
        for stale in &plan.delete {
            match fs::remove_file(self.root.join(stale.path.as_str())) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(ApplyError { path: stale.path.clone(), action: "remove", error });
                }
                _ => {}
            }
        }
        self.sweep(&artifacts);
        Ok(Applied::of(plan))
    }

    /// Removes what runs that were killed have left under unfinished names. Those of a run that may
    /// still be going on are let be.
    fn sweep(&self, artifacts: &[&Artifact]) {
        const OLD: Duration = Duration::from_secs(600);
        let folders: HashSet<&str> = artifacts.iter().map(|artifact| parent(artifact.path.as_str())).collect();
        let entries = folders.iter().filter_map(|folder| fs::read_dir(self.root.join(folder)).ok()).flatten().flatten();
        for entry in entries.filter(|entry| is_unfinished(&entry.file_name())) {
            let age = entry.metadata().ok().and_then(|metadata| metadata.modified().ok()?.elapsed().ok());
            if age.is_some_and(|age| age > OLD) {
                // Left for the next run if it cannot be removed now.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    fn make_folders(&self, artifacts: &[&Artifact]) -> Result<(), ApplyError> {
        let mut made: HashSet<&str> = HashSet::new();
        for artifact in artifacts {
            let folder = parent(artifact.path.as_str());
            if made.insert(folder) {
                fs::create_dir_all(self.root.join(folder)).map_err(|error| ApplyError {
                    path: artifact.path.clone(),
                    action: "make the folder of",
                    error,
                })?;
            }
        }
        Ok(())
    }
}

/// A file that is complete under another name. Dropped before it is finished, it is removed.
struct Unfinished {
    path: RelPath,
    target: PathBuf,
    beside: Option<PathBuf>,
}

impl Unfinished {
    /// Writes the text of an artifact beside its place. The mode of a file that is there is kept.
    fn write(root: &Path, artifact: &Artifact) -> Result<Self, ApplyError> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let target = root.join(artifact.path.as_str());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let beside = target.with_file_name(format!("{UNFINISHED}{}-{count}.tmp", process::id()));
        let unfinished = Self { path: artifact.path.clone(), target, beside: Some(beside.clone()) };
        let write = || {
            let mut file = OpenOptions::new().write(true).create_new(true).open(&beside)?;
            file.write_all(artifact.text.as_bytes())?;
            if let Ok(metadata) = fs::metadata(&unfinished.target) {
                file.set_permissions(metadata.permissions())?;
            }
            Ok(())
        };
        match write() {
            Ok(()) => Ok(unfinished),
            Err(error) => Err(ApplyError { path: artifact.path.clone(), action: "write", error }),
        }
    }

    /// Gives it its name.
    fn finish(mut self) -> Result<(), ApplyError> {
        let Some(beside) = &self.beside else { return Ok(()) };
        match fs::rename(beside, &self.target) {
            Ok(()) => {
                self.beside = None;
                Ok(())
            }
            Err(error) => Err(ApplyError { path: self.path.clone(), action: "replace", error }),
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(beside) = &self.beside {
            // What cannot be removed is found, and told apart by its name, next time.
            let _ = fs::remove_file(beside);
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
