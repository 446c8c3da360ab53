//! Which paths a run may look at.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::workspace::application::is_skipped;
use crate::workspace::write::is_unfinished;

/// What is looked at: the spec, outputs, and under the root all that is neither installed nor hidden.
pub(super) struct Scope {
    /// The root, and what it is called without links: some systems tell the one, some the other.
    roots: Vec<PathBuf>,
    /// The spec, and what it leads to.
    specs: Vec<PathBuf>,
    /// Output folders.
    outputs: Vec<PathBuf>,
    /// Folders outside of that of which everything is looked at, at any depth.
    trees: Vec<PathBuf>,
    /// Files that the run itself writes for others.
    ignored: Vec<PathBuf>,
}

impl Scope {
    pub(super) fn new(root: &Path, spec: &Path, ignored: &[PathBuf]) -> Self {
        let ignored = ignored.iter().flat_map(|file| both(file)).collect();
        Self { roots: both(root), specs: both(spec), outputs: Vec::new(), trees: Vec::new(), ignored }
    }

    /// Adds folders, relative to the root. Whether there is one among them that was not looked at.
    pub(super) fn add_outputs<'p>(&mut self, folders: impl Iterator<Item = &'p str>) -> bool {
        let before = self.outputs.len();
        for folder in folders {
            let paths = self.roots.iter().map(|root| root.join(folder));
            let new: Vec<PathBuf> = paths.filter(|path| !self.concerns(&path.join("output"))).collect();
            self.outputs.extend(new);
        }
        self.outputs.len() > before
    }

    /// Adds a folder of which everything but what is hidden or installed is looked at. Whether it was not looked at.
    pub(super) fn add_tree(&mut self, folder: &Path) -> bool {
        let is_new = !self.concerns(&folder.join("a/file"));
        if is_new {
            self.trees.extend(both(folder));
        }
        is_new
    }

    /// Folders of which only what lies directly in them is looked at. That they come and go is seen from above.
    pub(super) fn singles(&self) -> Vec<PathBuf> {
        let above = |path: &PathBuf| path.parent().map(Path::to_owned);
        self.specs
            .iter()
            .chain(&self.roots)
            .chain(&self.trees)
            .filter_map(above)
            .chain(self.outputs.iter().cloned())
            .collect()
    }

    /// Folders of which everything is looked at.
    pub(super) fn trees(&self) -> Vec<PathBuf> {
        self.roots.iter().take(1).chain(&self.trees).cloned().collect()
    }

    /// Whether a change at a path may change what a run finds.
    pub(super) fn concerns(&self, path: &Path) -> bool {
        let Some(name) = path.file_name() else { return true };
        if self.ignored.iter().any(|file| file == path) || is_unfinished(name) {
            return false;
        }
        let above = |file: &PathBuf| file.starts_with(path);
        if self.specs.iter().chain(&self.roots).chain(&self.outputs).chain(&self.trees).any(above) {
            return true;
        }
        if is_left_by_editor(name) {
            return false;
        }
        if self.outputs.iter().any(|folder| path.parent() == Some(folder)) {
            return true;
        }
        let is_shown = |inside: &Path| !inside.iter().any(|part| part.to_str().is_some_and(is_skipped));
        if self.trees.iter().filter_map(|tree| path.strip_prefix(tree).ok()).any(is_shown) {
            return true;
        }
        let Some(inside) = self.roots.iter().find_map(|root| path.strip_prefix(root).ok()) else { return false };
        let folders = inside.parent().into_iter().flat_map(Path::iter);
        let lies_aside = folders.chain([name]).any(|part| part.to_str().is_some_and(is_skipped));
        !lies_aside || is_hidden_file(inside)
    }
}

/// A hidden file with an ending, in a folder that is looked at: it is part of an application like any other.
fn is_hidden_file(inside: &Path) -> bool {
    let name = inside.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let in_folder = inside.parent().into_iter().flat_map(Path::iter).any(|part| part.to_str().is_some_and(is_skipped));
    !in_folder && name.strip_prefix('.').is_some_and(|rest| rest.contains('.'))
}

/// What editors write beside a file while they save it.
fn is_left_by_editor(name: &OsStr) -> bool {
    let Some(name) = name.to_str() else { return false };
    name == "4913"
        || name.starts_with(".#")
        || name.contains("___jb_")
        || [".swp", ".swo", ".swx", "~"].iter().any(|end| name.ends_with(end))
}

/// A path, and what it is called without links where that differs.
fn both(path: &Path) -> Vec<PathBuf> {
    let mut paths = vec![path.to_owned()];
    if let Ok(real) = fs::canonicalize(path)
        && real != path
    {
        paths.push(real);
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_run_looks_at_concerns_it() {
        let mut scope =
            Scope::new(Path::new("/r"), Path::new("/elsewhere/.x/spec.yaml"), &[PathBuf::from("/r/o.json")]);
        scope.add_outputs(["lib/generated", ".hidden/out"].into_iter());
        assert!(scope.add_tree(Path::new("/r/.own/templates")) && !scope.add_tree(Path::new("/r/lib/templates")));
        let yes = [
            "/r/.own",
            "/r/.own/templates/docs/page.j2",
            "/elsewhere/.x/spec.yaml",
            "/elsewhere/.x",
            "/r",
            "/r/app",
            "/r/app/api/route.ts",
            "/r/vercel.json",
            "/r/app/.route.ts",
            "/r/.hidden",
            "/r/.hidden/out",
            "/r/.hidden/out/events.ts",
            "/r/lib/generated/keys.ts",
        ];
        let no = [
            "/r/.own/other",
            "/r/.own/templates/.git",
            "/elsewhere/.x/other.yaml",
            "/elsewhere/other",
            "/r/o.json",
            "/r/node_modules",
            "/r/node_modules/a/b.ts",
            "/r/.git/index",
            "/r/.next/server/app.js",
            "/r/.next",
            "/r/app/.route.ts.swp",
            "/r/app/4913",
            "/r/app/route.ts~",
            "/r/app/.inngest-offload-12-0.tmp",
            "/r/.hidden/other.ts",
            "/r/app/node_modules/x.ts",
            "/other/file.ts",
        ];
        for path in yes {
            assert!(scope.concerns(Path::new(path)), "{path}");
        }
        for path in no {
            assert!(!scope.concerns(Path::new(path)), "{path}");
        }
    }
}
