//! The ways through one call that were followed, and whether they are all that there are.

use std::ops::Deref;

use super::super::machine::{Explored, Path};
use super::run::Run;

/// The ways through a call that were followed, in the order in which they were.
#[derive(Debug, Clone, Default)]
pub struct Runs {
    all: Vec<Run>,
    is_whole: bool,
    sends_nothing: bool,
}

impl Runs {
    /// What became of the paths of a call.
    pub(super) fn of(explored: Explored<'_>, run: impl Fn(Path<'_>) -> Run) -> Self {
        let (is_whole, has_both) = (explored.is_whole, explored.has_both_of_doubts());
        let all: Vec<Run> = explored.paths.into_iter().map(run).collect();
        let sends_nothing = has_both && !all.is_empty() && all.iter().all(Run::sends_nothing);
        Self { all, is_whole, sends_nothing }
    }

    /// These ways of a call; whether they are all that there are.
    pub(super) fn new(all: Vec<Run>, is_whole: bool) -> Self {
        Self { all, is_whole, sends_nothing: false }
    }

    /// The same ways, seen otherwise.
    pub(super) fn map(self, change: impl FnOnce(Vec<Run>) -> Vec<Run>) -> Self {
        Self { all: change(self.all), ..self }
    }

    /// Whether nothing is sent, and the route does not give up, however that falls which is in doubt: of a way that
    /// is not sure nothing else is told.
    pub fn send_nothing(&self) -> bool {
        self.sends_nothing
    }

    /// The same ways, each seen otherwise.
    pub(super) fn each(self, change: impl Fn(Run) -> Run) -> Self {
        self.map(|all| all.into_iter().map(change).collect())
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
