//! Where the spec is, and which folder is the root.

use std::fmt;
use std::path::{Path, PathBuf};

use super::Workspace;

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
    /// This root was asked for and is no folder.
    NoSuchRoot(PathBuf),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nowhere(folders) => {
                writeln!(f, "no spec found. Looked for {} in:", SPEC_NAMES.join(", "))?;
                for folder in folders {
                    writeln!(f, "  {}", folder.display())?;
                }
                f.write_str("Run the command inside of the repository, or name the file with --spec.")
            }
            Self::NoSuchFile(path) => write!(f, "there is no spec {}", path.display()),
            Self::NoSuchRoot(path) => write!(f, "the root {} is no folder", path.display()),
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
            root => root.map(|root| here.join(root)),
        };
        let spec = match (spec, &root) {
            (Some(spec), _) if !here.join(spec).is_file() => return Err(NotFound::NoSuchFile(spec.to_owned())),
            (Some(spec), _) => here.join(spec),
            (None, Some(root)) => in_folder(root).ok_or_else(|| NotFound::Nowhere(vec![root.clone()]))?,
            (None, None) => {
                let found = here.ancestors().find_map(in_folder);
                found.ok_or_else(|| NotFound::Nowhere(here.ancestors().map(Path::to_owned).collect()))?
            }
        };
        let root = root.unwrap_or_else(|| {
            let folder = spec.parent().unwrap_or(here);
            let above = folder.parent().filter(|_| folder.file_name().is_some_and(|name| name == "spec"));
            above.unwrap_or(folder).to_owned()
        });
        let shown = spec.strip_prefix(&root).unwrap_or(&spec);
        let shown: Vec<_> = shown.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let shown = if spec.starts_with(&root) { shown.join("/") } else { outside(&spec) };
        Ok(Self { root, spec, shown })
    }
}

fn in_folder(folder: &Path) -> Option<PathBuf> {
    SPEC_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file())
}

/// How a spec outside of the root is named: by its file name, since an absolute path would make the
/// outputs differ between machines.
fn outside(spec: &Path) -> String {
    spec.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
