//! The ways through one call that were followed, and whether they are all that there are.

use std::ops::Deref;

use super::super::machine::{Explored, Path};
use super::run::Run;

/// The ways through a call that were followed, in the order in which they were.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    all: Vec<Run>,
    is_whole: bool,
}

impl Runs {
    /// What became of the paths of a call.
    pub(super) fn of(explored: Explored<'_>, run: impl Fn(Path<'_>) -> Run) -> Self {
        Self { is_whole: explored.is_whole, all: explored.paths.into_iter().map(run).collect() }
    }

    /// These ways of a call; whether they are all that there are.
    pub(super) fn new(all: Vec<Run>, is_whole: bool) -> Self {
        Self { all, is_whole }
    }

    /// The same ways, seen otherwise.
    pub(super) fn map(self, change: impl FnOnce(Vec<Run>) -> Vec<Run>) -> Self {
        Self { is_whole: self.is_whole, all: change(self.all) }
    }

    /// Whether there is no other way. One of these may still have been cut.
    pub fn are_all(&self) -> bool {
        self.is_whole
    }
}

impl Deref for Runs {
    type Target = [Run];

    fn deref(&self) -> &[Run] {
        &self.all
    }
}

impl<'r> IntoIterator for &'r Runs {
    type Item = &'r Run;
    type IntoIter = std::slice::Iter<'r, Run>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}
