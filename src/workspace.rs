//! The only access to the disk: find the root, read the spec, look at what is there, carry out a plan.
//!
//! Nothing outside of the root is written, and no link is followed on the way to an output. A file is
//! written under another name and renamed, so that it is the old one or the new one, never a part.

mod application;
mod find;
mod folder;
mod git;
mod lock;
mod neighbours;
mod outputs;
mod site;
mod templates;
mod watch;
mod write;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

pub use find::{NotFound, SPEC_NAMES};
pub use git::{Former, NoFormer};
pub use lock::Lock;
pub use outputs::Outputs;
pub use site::{NoSite, Site};
pub use templates::{EjectError, eject, read_templates};
pub use watch::{Changes, Watch, WatchError};
pub use write::{Applied, ApplyError, write_report};

use folder::{Folder, Folders, Kind};
use neighbours::Neighbours;

use crate::contract::RelPath;
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
        Err(io::Error::other("it is being written; run this command again when that is done"))
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

    /// The file of a path from the root; what lies beside the root begins with `..`.
    pub fn file(&self, path: &str) -> PathBuf {
        if path.starts_with("..") { find::tidy(&self.root.join(path)) } else { self.root.join(path) }
    }

    /// The folders of the packages that the application needs of the workspace around it.
    pub fn packages(&self) -> Vec<PathBuf> {
        Neighbours::of(&self.root).iter().flat_map(Neighbours::folders).map(|folder| self.file(&folder)).collect()
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

    /// The folders of the output as they are.
    ///
    /// # Errors
    /// The root cannot be opened, or a folder cannot be listed.
    pub fn outputs<'f>(&'f self, folders: &'f [RelPath]) -> io::Result<Outputs<'f>> {
        Outputs::open(self, folders)
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

/// The folder of a path; empty for the root.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path for messages: what cannot be seen is written out, so that no name of a file adds a line.
pub fn shown(path: &Path) -> String {
    crate::names::visible(&path.to_string_lossy())
}

/// Where applications are instead, as the end of a sentence.
pub fn other_applications(folders: &[String]) -> String {
    match folders {
        [] => String::new(),
        some => format!("; there is one in {}", some.join(" and in ")),
    }
}
