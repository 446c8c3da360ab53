//! Telling when something changed on the disk that a run may look at.
//!
//! What the system tells is a hint, never the change itself: whoever is told looks again. So nothing depends on
//! the order of events, on how an editor saves, or on a queue that never overflows.

mod scope;

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::Workspace;
use crate::contract::RelPath;
use scope::Scope;

/// Nothing happened for this long: whoever saves is done.
const QUIET: Duration = Duration::from_millis(25);
/// What never comes to rest is looked at after this long all the same.
const LONGEST: Duration = Duration::from_millis(400);
/// An editor that saves by renaming leaves no spec for a moment; one that is gone longer is gone.
const GONE: Duration = Duration::from_millis(300);

/// A watch over all that a run may look at.
pub struct Watch {
    watcher: RecommendedWatcher,
    events: Receiver<notify::Result<Event>>,
    scope: Scope,
    spec: PathBuf,
    /// Folders came or went: the watches do not cover what is there.
    moved: bool,
}

/// What changed since the last time.
#[derive(Debug, Default)]
pub struct Changes {
    paths: HashSet<PathBuf>,
    /// The system lost count.
    anything: bool,
}

/// Why nothing can be watched.
#[derive(Debug)]
pub struct WatchError(notify::Error);

impl fmt::Display for WatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            ErrorKind::MaxFilesWatch => f.write_str(
                "the system's limit of watched folders is reached: raise it, on Linux with `sysctl \
                 fs.inotify.max_user_watches=524288` and `fs.inotify.max_user_instances=512`, or watch a smaller \
                 --root",
            ),
            _ => write!(f, "cannot watch for changes: {}", self.0),
        }
    }
}

impl std::error::Error for WatchError {}

impl Changes {
    /// Whether all that changed is one of these files or a folder above one.
    pub fn only(&self, files: &HashSet<PathBuf>) -> bool {
        !self.anything
            && self.paths.iter().all(|path| files.contains(path) || files.iter().any(|f| f.starts_with(path)))
    }

    fn is_empty(&self) -> bool {
        !self.anything && self.paths.is_empty()
    }
}

impl Watch {
    /// Watches the spec and all under the root that a run may look at, but for these files.
    ///
    /// # Errors
    /// The system refuses.
    pub fn start(workspace: &Workspace, ignored: &[PathBuf]) -> Result<Self, WatchError> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event| {
            // Nobody listens any more: the run is over.
            let _ = sender.send(event);
        });
        let mut watch = Self {
            watcher: watcher.map_err(WatchError)?,
            events,
            scope: Scope::new(&workspace.root, &workspace.spec, ignored),
            spec: workspace.spec.clone(),
            moved: false,
        };
        watch.cover()?;
        Ok(watch)
    }

    /// Watches output folders, one of templates, and those of packages beside the root as well, whatever they are called
    /// and wherever they are. Whether one was not watched before: then what changed in it before now was not told.
    ///
    /// # Errors
    /// The system refuses.
    pub fn add(
        &mut self,
        outputs: &[RelPath],
        templates: Option<&Path>,
        packages: &[PathBuf],
    ) -> Result<bool, WatchError> {
        let mut is_new = self.scope.add_outputs(outputs.iter().map(RelPath::as_str));
        if let Some(folder) = templates.and_then(|folder| std::path::absolute(folder).ok()) {
            is_new |= self.scope.add_tree(&folder);
        }
        for folder in packages {
            is_new |= self.scope.add_tree(folder);
        }
        if is_new {
            self.cover()?;
        }
        Ok(is_new)
    }

    /// Waits until something changed and came to rest. When it returns, everything that is there is watched:
    /// what changes from now on is told next time.
    ///
    /// # Errors
    /// The system no longer tells.
    pub fn wait(&mut self) -> Result<Changes, WatchError> {
        let mut changes = Changes::default();
        while changes.is_empty() {
            match self.events.recv() {
                Ok(event) => self.note(event, &mut changes),
                Err(_) => return Err(WatchError(notify::Error::generic("the watcher stopped"))),
            }
        }
        let began = Instant::now();
        loop {
            let gone = !self.spec.is_file();
            let (rest, longest) = if gone { (GONE, GONE) } else { (QUIET, LONGEST) };
            if began.elapsed() >= longest {
                break;
            }
            match self.events.recv_timeout(rest.min(longest - began.elapsed())) {
                Ok(event) => self.note(event, &mut changes),
                Err(RecvTimeoutError::Timeout) if gone && self.spec.is_file() => {}
                Err(_) => break,
            }
        }
        if self.moved {
            self.moved = false;
            self.cover()?;
        }
        Ok(changes)
    }

    fn note(&mut self, event: notify::Result<Event>, changes: &mut Changes) {
        let Ok(event) = event else {
            // What it failed to tell may have been anything.
            (changes.anything, self.moved) = (true, true);
            return;
        };
        if event.need_rescan() {
            (changes.anything, self.moved) = (true, true);
        }
        // Files are opened and read by the run itself.
        let written = AccessKind::Close(AccessMode::Write);
        if matches!(event.kind, EventKind::Access(kind) if kind != written) {
            return;
        }
        let concerned: Vec<PathBuf> = event.paths.into_iter().filter(|path| self.scope.concerns(path)).collect();
        let is_file = matches!(
            event.kind,
            EventKind::Access(_)
                | EventKind::Create(CreateKind::File)
                | EventKind::Remove(RemoveKind::File)
                | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_))
        );
        self.moved |= !concerned.is_empty() && !is_file;
        changes.paths.extend(concerned);
    }

    /// Watches every folder that is there. One that is watched already may be another one of the same name.
    fn cover(&mut self) -> Result<(), WatchError> {
        let mut seen = HashSet::new();
        for folder in self.scope.singles() {
            // A folder that is not there comes as a change of the one above.
            if let Some(there) = folder.ancestors().find(|folder| folder.is_dir()) {
                self.watch(there, RecursiveMode::NonRecursive, &mut seen)?;
            }
        }
        // Elsewhere the system watches whole trees at the price of one folder.
        if cfg!(any(target_os = "macos", target_os = "windows")) {
            for tree in self.scope.trees().into_iter().filter(|tree| tree.is_dir()) {
                self.watch(&tree, RecursiveMode::Recursive, &mut seen)?;
            }
            return Ok(());
        }
        let mut waiting: Vec<PathBuf> = self.scope.trees();
        while let Some(folder) = waiting.pop() {
            // First watched, then listed: a folder that comes in between is told.
            if !self.watch(&folder, RecursiveMode::NonRecursive, &mut seen)? {
                continue;
            }
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
            waiting.extend(folders.map(|entry| entry.path()).filter(|path| self.scope.concerns(path)));
        }
        Ok(())
    }

    /// Watches one folder. False when it is not there, cannot be looked at, or was added a moment ago.
    fn watch(&mut self, folder: &Path, mode: RecursiveMode, seen: &mut HashSet<PathBuf>) -> Result<bool, WatchError> {
        if !seen.insert(folder.to_owned()) {
            return Ok(false);
        }
        match self.watcher.watch(folder, mode) {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Err(WatchError(error)),
            Err(_) => Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::Flag;

    fn watch() -> Watch {
        let root = std::env::temp_dir();
        let spec = root.join("inngest-offload.yaml");
        Watch {
            watcher: notify::recommended_watcher(|_| {}).expect("watcher"),
            events: mpsc::channel().1,
            scope: Scope::new(&root, &spec, &[]),
            spec,
            moved: false,
        }
    }

    #[test]
    fn a_queue_that_overflowed_may_have_lost_anything() {
        for event in [Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), Err(notify::Error::generic("lost"))] {
            let (mut watch, mut changes) = (watch(), Changes::default());
            watch.note(event, &mut changes);
            assert!(!changes.is_empty() && watch.moved);
            assert!(!changes.only(&HashSet::new()), "it is no echo of what was written");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let (mut watch, mut changes) = (watch(), Changes::default());
        let spec = watch.spec.clone();
        watch.note(Ok(Event::new(EventKind::Access(AccessKind::Open(AccessMode::Any))).add_path(spec)), &mut changes);
        assert!(changes.is_empty() && !watch.moved);
    }
}
