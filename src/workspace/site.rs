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
            Self::NoFolder(path) => write!(f, "{} is not a folder", shown(path)),
            Self::Outside(path) => write!(f, "{} is outside the application's folder", shown(path)),
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
        let full = fs::canonicalize(&self.workspace.root).unwrap_or_default();
        let folder = || full.file_name().and_then(|name| kebab(&name.to_string_lossy()));
        self.package().or_else(folder).unwrap_or_else(|| "application".to_owned())
    }

    /// What `package.json` calls the application, without its scope.
    pub fn package(&self) -> Option<String> {
        let package = fs::read_to_string(self.workspace.root.join("package.json")).ok()?;
        let package: serde_json::Value = serde_json::from_str(&package).ok()?;
        kebab(package["name"].as_str()?.rsplit('/').next()?)
    }

    /// The applications in folders below.
    pub fn applications_below(&self) -> Vec<String> {
        self.workspace.applications_below()
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

/// A name in kebab-case; none where nothing is left of it.
fn kebab(name: &str) -> Option<String> {
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    // A number or a word such as `true` would not be text in YAML.
    let is_text = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !matches!(&*name, "true" | "false" | "null");
    (!name.is_empty()).then(|| if is_text { name } else { format!("app-{name}") })
}
