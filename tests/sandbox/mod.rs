//! A folder for one test, and what is in a tree.

#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder that goes with the value.
pub(crate) struct Sandbox(pub(crate) PathBuf);

impl Sandbox {
    pub(crate) fn new(name: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("inngest-offload-{name}-{}-{count}", std::process::id());
        let folder = fs::canonicalize(std::env::temp_dir()).expect("a folder for files that go").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("folder");
        Self(folder)
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.0.join(inside)
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folder");
        fs::write(path, text).expect("file");
    }

    /// The binary, to be started in the folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_inngest-offload"));
        command.args(arguments).current_dir(&self.0).env("NO_COLOR", "1").env_remove("CLICOLOR_FORCE");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the binary runs")
    }

    /// Runs what has to succeed.
    pub(crate) fn succeed(&self, arguments: &[&str]) -> Output {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        output
    }

    pub(crate) fn tree(&self, inside: &str) -> Tree {
        tree(&self.path(inside))
    }

    /// Makes its folder what another one is.
    pub(crate) fn become_like(&self, tree: &Tree) {
        let _ = fs::remove_dir_all(&self.0);
        fs::create_dir_all(&self.0).expect("folder");
        for (path, text) in tree {
            self.write(path, text);
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Everything that was printed.
pub(crate) fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// Bytes of files by their paths; of a link, where it leads.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

pub(crate) fn tree(folder: &Path) -> Tree {
    fn walk(root: &Path, folder: &Path, into: &mut Tree) {
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let path = entry.path();
            let Ok(kind) = entry.file_type() else { continue };
            let name = path.strip_prefix(root).expect("inside").to_string_lossy().replace('\\', "/");
            if kind.is_dir() {
                walk(root, &path, into);
            } else if kind.is_symlink() {
                let to = fs::read_link(&path).expect("a link");
                into.insert(name, format!("-> {}", to.display()).into_bytes());
            } else if let Ok(bytes) = fs::read(&path) {
                into.insert(name, bytes);
            }
        }
    }
    let mut found = Tree::new();
    walk(folder, folder, &mut found);
    found
}
