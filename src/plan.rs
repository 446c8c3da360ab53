//! Artifacts held against the disk: what to create, update and delete, and what stands in the way.
//!
//! A plan is a value: `check` reports it, `generate` carries it out. It never overwrites or deletes
//! what the compiler cannot prove it wrote.

mod codes;
mod drift;
pub(crate) mod unified;

use std::collections::BTreeMap;

pub use codes::CODES;
pub use drift::drift;

use crate::artifact::{Artifact, Ownership, Seal, names_spec, seal};
use crate::contract::RelPath;

/// What is on the disk at the paths that matter; a path that is not in it is free.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// Files of the output, and files in the folders of the output.
    pub files: BTreeMap<RelPath, OnDisk>,
    /// What a run that was killed has left, under names that no output has.
    pub unfinished: Vec<RelPath>,
}

/// What is at a path.
#[derive(Debug, Clone)]
pub enum OnDisk {
    /// A file that is as it should be: it has the text of its artifact, or is the team's own.
    Same,
    /// A file with this text.
    Text(String),
    /// A file that is not UTF-8.
    Binary,
    /// A file that another spec generates, which is there: its path from the root.
    OfSpec(String),
    /// Something that no file can be written to.
    Obstacle(Obstacle),
}

/// Why no file can be written to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// There is a folder.
    Folder,
    /// There is a symbolic link, or one of its folders is one.
    Link,
    /// One of its folders is a file.
    FileAbove,
    /// There is a device, a socket or a pipe.
    Special,
    /// It cannot be read.
    Unreadable,
}

/// What has to happen so that the disk is what the contract says.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files that are not there.
    pub create: Vec<Artifact>,
    /// Files that the compiler wrote and that differ.
    pub update: Vec<Update>,
    /// Files that the compiler wrote and that nothing asks for any more.
    pub delete: Vec<Stale>,
    /// Files that must not be touched without being told to.
    pub conflicts: Vec<Conflict>,
    /// How many files are as they should be.
    pub unchanged: usize,
    /// What a run that was killed has left, under names that no output has. It is nobody's, and no drift.
    pub unfinished: Vec<RelPath>,
}

/// A file that differs.
#[derive(Debug)]
pub struct Update {
    /// What it should be.
    pub artifact: Artifact,
    /// What it is.
    pub before: String,
}

/// A file that nothing asks for.
#[derive(Debug)]
pub struct Stale {
    /// Where.
    pub path: RelPath,
    /// What it is.
    pub before: String,
}

/// A file that the compiler cannot prove it wrote.
#[derive(Debug)]
pub enum Conflict {
    /// Generated, then changed by hand; differs from what it should be.
    Edited(Update),
    /// Generated, then changed by hand; nothing asks for it any more.
    EditedStale(Stale),
    /// Not generated, in the place of an artifact. The text is empty when it is not UTF-8.
    Foreign(Update),
    /// Another spec generates it as well.
    OfSpec(Artifact, String),
    /// No file can be written there.
    Obstructed(Artifact, Obstacle),
}

impl Plan {
    /// Compares artifacts with the disk. Those that the snapshot knows to be there as they should be may be
    /// left out. `spec` is the path of the spec: files of another spec in the same folder are not stale.
    pub fn new(artifacts: Vec<Artifact>, mut snapshot: Snapshot, spec: &str) -> Self {
        let mut plan = Self { unfinished: snapshot.unfinished, ..Self::default() };
        for artifact in artifacts {
            let found = snapshot.files.remove(&artifact.path);
            plan.place(artifact, found);
        }
        for (path, found) in snapshot.files {
            plan.unchanged += usize::from(matches!(found, OnDisk::Same));
            let OnDisk::Text(before) = found else { continue };
            if !names_spec(&before, spec) {
                continue;
            }
            match seal(&before) {
                Seal::Intact => plan.delete.push(Stale { path, before }),
                Seal::Broken => plan.conflicts.push(Conflict::EditedStale(Stale { path, before })),
                Seal::None => {}
            }
        }
        plan
    }

    fn place(&mut self, artifact: Artifact, found: Option<OnDisk>) {
        match (found, artifact.ownership) {
            (None, _) => self.create.push(artifact),
            (Some(OnDisk::Obstacle(obstacle)), _) => self.conflicts.push(Conflict::Obstructed(artifact, obstacle)),
            (Some(OnDisk::OfSpec(spec)), _) => self.conflicts.push(Conflict::OfSpec(artifact, spec)),
            (Some(OnDisk::Same), _) | (Some(_), Ownership::Handler) => self.unchanged += 1,
            (Some(OnDisk::Binary), _) => {
                self.conflicts.push(Conflict::Foreign(Update { artifact, before: String::new() }));
            }
            (Some(OnDisk::Text(before)), _) if same_lines(&before, &artifact.text) => self.unchanged += 1,
            (Some(OnDisk::Text(before)), _) => {
                let state = seal(&before);
                let update = Update { artifact, before };
                match state {
                    Seal::Intact => self.update.push(update),
                    Seal::Broken => self.conflicts.push(Conflict::Edited(update)),
                    Seal::None => self.conflicts.push(Conflict::Foreign(update)),
                }
            }
        }
    }

    /// Turns conflicts that `--force` may settle into updates and deletions. Obstacles stay, and so does what
    /// another spec generates: with the next run it would take that back.
    pub fn force(&mut self) {
        for conflict in std::mem::take(&mut self.conflicts) {
            match conflict {
                Conflict::Edited(update) | Conflict::Foreign(update) => self.update.push(update),
                Conflict::EditedStale(stale) => self.delete.push(stale),
                stays @ (Conflict::Obstructed(..) | Conflict::OfSpec(..)) => self.conflicts.push(stays),
            }
        }
    }

    /// Nothing has to happen.
    pub fn is_clean(&self) -> bool {
        self.create.is_empty() && self.update.is_empty() && self.delete.is_empty() && self.conflicts.is_empty()
    }
}

/// Equal but for line endings, which git may rewrite.
fn same_lines(a: &str, b: &str) -> bool {
    a.contains('\r') && a.replace("\r\n", "\n") == b
}
