//! Carrying out a plan.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Workspace, parent};
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

impl Workspace {
    /// Carries out a plan. Conflicts in it are left alone.
    ///
    /// # Errors
    /// The first file that could not be written or removed.
    pub fn apply(&self, plan: &Plan) -> Result<Applied, ApplyError> {
        let writes = plan.create.iter().chain(plan.update.iter().map(|update| &update.artifact));
        let writes: Vec<_> = writes.collect();
        let mut folders: Vec<&str> = writes.iter().map(|artifact| parent(artifact.path.as_str())).collect();
        folders.sort_unstable();
        folders.dedup();
        let failed = |path: &RelPath, action| {
            let path = path.clone();
            move |error| ApplyError { path, action, error }
        };
        for artifact in &writes {
            let folder = parent(artifact.path.as_str());
            if let Ok(at) = folders.binary_search(&folder) {
                fs::create_dir_all(self.root.join(folder)).map_err(failed(&artifact.path, "make the folder of"))?;
                folders.remove(at);
            }
        }
        writes.par_iter().try_for_each(|artifact| {
            replace(&self.root.join(artifact.path.as_str()), artifact.text.as_bytes())
                .map_err(failed(&artifact.path, "write"))
        })?;
        for stale in &plan.delete {
            match fs::remove_file(self.root.join(stale.path.as_str())) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(failed(&stale.path, "remove")(error));
                }
                _ => {}
            }
        }
        Ok(Applied {
            created: plan.create.iter().map(|artifact| artifact.path.clone()).collect(),
            updated: plan.update.iter().map(|update| update.artifact.path.clone()).collect(),
            deleted: plan.delete.iter().map(|stale| stale.path.clone()).collect(),
        })
    }
}

/// Writes a file under another name in the same folder and renames it. The mode of a file that was
/// there is kept.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = unfinished(path);
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).open(&unfinished)?;
        file.write_all(bytes)?;
        if let Ok(metadata) = fs::metadata(path) {
            file.set_permissions(metadata.permissions())?;
        }
        drop(file);
        fs::rename(&unfinished, path)
    };
    write().inspect_err(|_| {
        // The error that is reported is the first one.
        let _ = fs::remove_file(&unfinished);
    })
}

fn unfinished(path: &Path) -> PathBuf {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!("{UNFINISHED}{}-{count}.tmp", process::id()))
}
