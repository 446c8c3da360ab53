//! Where the spec is, and which folder is the root.
//!
//! Outputs name the spec by its path from the root. However the two are given, relative, with `..` or
//! through a link, that path is the same; else the same files would be out of date for some callers.

use std::fmt;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{Workspace, shown};

/// The names under which a spec is looked for in each folder, from the most to the least usual.
pub const SPEC_NAMES: [&str; 4] =
    ["spec/inngest-offload.yaml", "inngest-offload.yaml", "spec/inngest-offload.yml", "inngest-offload.yml"];

/// No spec was found.
#[derive(Debug)]
pub enum NotFound {
    /// Looked for in these folders, upwards.
    Nowhere(Vec<PathBuf>),
    /// This file was asked for and is not there.
    NoSuchFile(PathBuf),
    /// A folder was asked for as the spec.
    Folder(PathBuf, Option<PathBuf>),
    /// This root was asked for and is no folder.
    NoSuchRoot(PathBuf),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere(folders) => {
                writeln!(f, "no spec found. Looked for {} in:", SPEC_NAMES.join(", "))?;
                for folder in folders {
                    writeln!(f, "  {}", shown(folder))?;
                }
                f.write_str(
                    "Run the command inside the repository, name the file with --spec, or create a first one with \
                     `inngest-offload init`.",
                )
            }
            Self::NoSuchFile(path) => {
                write!(f, "there is no file {}; `inngest-offload init` creates a first spec", shown(path))
            }
            Self::Folder(path, Some(inside)) => {
                write!(f, "{} is a folder; name the file in it with --spec {}", shown(path), shown(inside))
            }
            Self::Folder(path, None) if SPEC_NAMES.iter().any(|name| path.ends_with(name)) => {
                write!(f, "{} is a folder, but should be the spec", shown(path))
            }
            Self::Folder(path, None) => write!(f, "{} is a folder, but --spec must name a file", shown(path)),
            Self::NoSuchRoot(path) => write!(f, "the root {} is not a folder", shown(path)),
        }
    }
}

impl std::error::Error for NotFound {}

impl Workspace {
    /// Finds spec and root.
    ///
    /// Without `spec`, it is looked for in `root`, or else in `here` and upwards. Without `root`, it
    /// is the folder that holds the spec, or the one above when that is called `spec`.
    ///
    /// # Errors
    /// There is no spec, or the root is no folder.
    pub fn find(here: &Path, root: Option<&Path>, spec: Option<&Path>) -> Result<Self, NotFound> {
        let root = match root {
            Some(root) if !here.join(root).is_dir() => return Err(NotFound::NoSuchRoot(root.to_owned())),
            root => root.map(|root| tidy(&here.join(root))),
        };
        let spec = match (spec, &root) {
            (Some(spec), _) if here.join(spec).is_dir() => {
                let names = SPEC_NAMES.iter().map(|name| spec.join(name.rsplit('/').next().unwrap_or(name)));
                let inside = names.into_iter().find(|path| here.join(path).is_file());
                return Err(NotFound::Folder(spec.to_owned(), inside));
            }
            (Some(spec), _) if !here.join(spec).is_file() => return Err(NotFound::NoSuchFile(spec.to_owned())),
            (Some(spec), _) => tidy(&here.join(spec)),
            (None, Some(root)) => in_folder(root).ok_or_else(|| nowhere(&[root]))?,
            (None, None) => {
                let found = here.ancestors().find_map(in_folder);
                found.ok_or_else(|| nowhere(&here.ancestors().collect::<Vec<_>>()))?
            }
        };
        let root = root.unwrap_or_else(|| {
            let folder = spec.parent().unwrap_or(here);
            let above = folder.parent().filter(|_| folder.file_name().is_some_and(|name| name == "spec"));
            above.unwrap_or(folder).to_owned()
        });
        let shown = from_root(&root, &spec);
        Ok(Self { root, spec, shown })
    }
}

fn in_folder(folder: &Path) -> Option<PathBuf> {
    SPEC_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// Why there is no spec in any of these folders.
fn nowhere(folders: &[&Path]) -> NotFound {
    let names = folders.iter().flat_map(|folder| SPEC_NAMES.iter().map(|name| folder.join(name)));
    match names.into_iter().find(|path| path.is_dir()) {
        Some(folder) => NotFound::Folder(folder, None),
        None => NotFound::Nowhere(folders.iter().map(|folder| (*folder).to_owned()).collect()),
    }
}

/// A path without `.` and `..`. What is above a link is above what the link leads to.
pub(super) fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if tidied.is_symlink() {
                    tidied = fs::canonicalize(&tidied).unwrap_or(tidied);
                }
                tidied.pop();
            }
            part => tidied.push(part),
        }
    }
    tidied
}

/// The path of the spec from the root, with `/`. A spec outside of the root is named by its file name,
/// since an absolute path would make the outputs differ between machines.
fn from_root(root: &Path, spec: &Path) -> String {
    let name = spec.file_name().unwrap_or_default();
    let inside = spec.strip_prefix(root).map(Path::to_owned).ok().or_else(|| {
        let folder = fs::canonicalize(spec.parent()?).ok()?;
        let from_root = folder.strip_prefix(fs::canonicalize(root).ok()?).ok()?;
        Some(from_root.join(name))
    });
    let path = inside.unwrap_or_else(|| PathBuf::from(name));
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}
