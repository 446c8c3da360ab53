//! Calls inside of calls: what surrounds what.

use crate::conform::observe::{Entered, Run};
use crate::conform::program::Site;

/// The calls around something, from the inside out: indices into the calls of the run.
pub(in crate::conform) fn around(run: &Run, parent: Option<usize>) -> impl Iterator<Item = usize> {
    std::iter::successors(parent, |index| run.entered[*index].parent)
}

/// Whether a call surrounds something.
pub(in crate::conform) fn is_within(run: &Run, parent: Option<usize>, index: usize) -> bool {
    around(run, parent).any(|around| around == index)
}

/// For each call whether one of these is inside of it, or is it.
pub(in crate::conform) fn containing(run: &Run, inner: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut all = vec![false; run.entered.len()];
    for index in inner {
        for index in around(run, Some(index)) {
            all[index] = true;
        }
    }
    all
}

/// The outermost call around something that does not contain what `containing` marks; what is done in
/// the first call itself is where it is.
pub(in crate::conform) fn outermost(run: &Run, parent: Option<usize>, own: Site, containing: &[bool]) -> Site {
    let mut chain: Vec<usize> = around(run, parent).collect();
    // The first call is that of the handler.
    chain.pop();
    chain.iter().rev().find(|index| !containing[**index]).map_or(own, |index| run.entered[*index].at)
}

/// For each call whether a step is made inside of it.
pub(in crate::conform) fn with_steps(run: &Run) -> Vec<bool> {
    let makes = |entered: &&Entered| entered.in_step && entered.parent.is_some_and(|at| !run.entered[at].in_step);
    containing(run, run.entered.iter().filter(makes).filter_map(|entered| entered.parent))
}
