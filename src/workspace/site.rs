//! Where a first spec goes: a folder without one.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::find::tidy;
use super::{SPEC_NAMES, Workspace, shown};

/// A folder that a spec is to be written in.
#[derive(Debug)]
pub struct Site {
    workspace: Workspace,
    existing: Option<String>,
}

/// Why a spec cannot be written there.
#[derive(Debug)]
pub enum NoSite {
    /// It is no folder.
    NoFolder(PathBuf),
    /// The spec would lie outside of the folder.
    Outside(PathBuf),
}

impl fmt::Display for NoSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder(path) => write!(f, "{} is no folder", shown(path)),
            Self::Outside(path) => write!(f, "{} lies outside of the application's folder", shown(path)),
        }
    }
}

impl std::error::Error for NoSite {}

impl Site {
    /// The folder, and the path of the spec in it: where the usual look-up finds it, unless it is given.
    ///
    /// # Errors
    /// There is no such folder, or the spec would lie outside of it.
    pub fn new(here: &Path, folder: Option<&Path>, spec: Option<&Path>) -> Result<Self, NoSite> {
        let root = tidy(&here.join(folder.unwrap_or(Path::new("."))));
        if !root.is_dir() {
            return Err(NoSite::NoFolder(folder.unwrap_or(here).to_owned()));
        }
        let (spec, existing) = match spec {
            Some(given) => {
                let path = tidy(&here.join(given));
                let existing = fs::symlink_metadata(&path).is_ok();
                (path, existing)
            }
            None => {
                let there = SPEC_NAMES.iter().map(|name| root.join(name));
                match there.into_iter().find(|path| fs::symlink_metadata(path).is_ok()) {
                    Some(path) => (path, true),
                    None => (root.join(SPEC_NAMES[0]), false),
                }
            }
        };
        let Ok(inside) = spec.strip_prefix(&root) else { return Err(NoSite::Outside(spec)) };
        let names = inside.components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        });
        let parts: Vec<_> = names.collect();
        let from_root = parts.join("/");
        let existing = existing.then(|| from_root.clone());
        Ok(Self { workspace: Workspace { root, spec, shown: from_root }, existing })
    }

    /// The spec that is there already.
    pub fn existing(&self) -> Option<&str> {
        self.existing.as_deref()
    }

    /// The path of the spec from the folder, with `/`.
    pub fn spec(&self) -> &str {
        self.workspace.spec()
    }

    /// What the application is called: in its `package.json`, else as its folder.
    pub fn name(&self) -> String {
        let package = fs::read_to_string(self.workspace.root.join("package.json")).unwrap_or_default();
        let package: serde_json::Value = serde_json::from_str(&package).unwrap_or_default();
        let package = package["name"].as_str().map(|name| name.rsplit('/').next().unwrap_or(name).to_owned());
        let full = fs::canonicalize(&self.workspace.root).unwrap_or_default();
        let folder = full.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = package.or(folder).unwrap_or_default().to_lowercase();
        let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        if name.is_empty() { "application".to_owned() } else { name }
    }

    /// Every file of the application.
    ///
    /// # Errors
    /// The folder cannot be listed.
    pub fn application(&self) -> io::Result<BTreeSet<String>> {
        self.workspace.application()
    }

    /// The bytes of some files; `None` for one that cannot be read.
    pub fn read_all(&self, paths: &[String]) -> Vec<Option<Vec<u8>>> {
        self.workspace.read_all(paths)
    }

    /// Writes the spec, and nothing that is there.
    ///
    /// # Errors
    /// It is there meanwhile, or cannot be written.
    pub fn write_new(&self, text: &str) -> io::Result<()> {
        if let Some(folder) = self.workspace.spec.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&self.workspace.spec)?;
        file.write_all(text.as_bytes())
    }
}
