//! The files of an application.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Workspace;
use super::neighbours::Neighbours;

/// Folders that hold no code of the application: what is installed, and what tools leave behind.
const SKIPPED: [&str; 3] = ["node_modules", "bower_components", "jspm_packages"];

/// Whether a folder of this name holds no code of the application.
pub(super) fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || SKIPPED.contains(&name)
}

impl Workspace {
    /// Every file of the application, from the root and with `/`; nothing when there is no folder `app`. What the
    /// application needs of the workspace around it begins with `..`.
    ///
    /// Hidden folders and what package managers install are left out, and no link is followed.
    ///
    /// # Errors
    /// The root cannot be listed.
    pub fn application(&self) -> io::Result<BTreeSet<String>> {
        let is_there = |folder: &str| self.root.join(folder).is_dir();
        if !is_there("app") && !is_there("src/app") {
            return Ok(BTreeSet::new());
        }
        fs::read_dir(&self.root)?;
        let mut files: BTreeSet<String> = list(&self.root, "").into_iter().collect();
        if files.contains("package.json") {
            files.extend(Neighbours::of(&self.root).iter().flat_map(Neighbours::files));
        }
        Ok(files)
    }

    /// The folders below the root, at most two deep, that hold routes of an application, for people.
    pub fn applications_below(&self) -> Vec<String> {
        let is_one = |folder: &Path| ["app/api", "src/app/api"].iter().any(|api| folder.join(api).is_dir());
        let mut found = Vec::new();
        for (path, name) in folders(&self.root) {
            if is_one(&path) {
                found.push(name);
            } else {
                let below = folders(&path).into_iter().filter(|(path, _)| is_one(path));
                found.extend(below.map(|(_, inner)| format!("{name}/{inner}")));
            }
        }
        found
    }

    /// The bytes of some files; `None` for one that cannot be read.
    pub fn read_all(&self, paths: &[String]) -> Vec<Option<Vec<u8>>> {
        paths.par_iter().map(|path| fs::read(self.root.join(path)).ok()).collect()
    }
}

/// The folders in a folder that may hold code of the application, by name.
pub(super) fn folders(folder: &Path) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let named = folders.filter_map(|entry| Some((entry.path(), entry.file_name().into_string().ok()?)));
    let mut named: Vec<(PathBuf, String)> = named.filter(|(_, name)| !is_skipped(name)).collect();
    named.sort();
    named
}

/// Files under a folder. What cannot be listed holds nothing that could be read either.
pub(super) fn list(folder: &Path, prefix: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name();
        let (Some(name), Ok(kind)) = (name.to_str(), entry.file_type()) else { continue };
        if kind.is_file() {
            files.push(format!("{prefix}{name}"));
        } else if kind.is_dir() && !is_skipped(name) {
            folders.push((entry.path(), format!("{prefix}{name}/")));
        }
    }
    let below: Vec<Vec<String>> = folders.par_iter().map(|(folder, prefix)| list(folder, prefix)).collect();
    files.extend(below.into_iter().flatten());
    files
}
