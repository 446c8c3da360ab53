//! Threads that observe: each keeps what it found out about code, so neighbours are given to the same one.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::super::load::Loaded;
use super::super::machine::FunctionId;
use super::ask::Asker;

/// Does tasks on every thread of the pool; the results are in the order of the tasks.
///
/// Every thread has a stretch of the tasks to itself; one that is done takes from the end of the longest.
pub fn crew<'p, T: Sync, R: Send>(
    loaded: &'p Loaded,
    writer: Option<FunctionId>,
    tasks: &[T],
    work: impl Fn(&Asker<'p>, &T) -> R + Sync,
) -> Vec<R> {
    let threads = rayon::current_num_threads();
    let size = tasks.len().div_ceil(threads.max(1)).max(1);
    let stretch = |thread: usize| (thread * size).min(tasks.len())..((thread + 1) * size).min(tasks.len());
    let stretches: Mutex<Vec<Range<usize>>> = Mutex::new((0..threads).map(stretch).collect());
    let done = rayon::broadcast(|context| {
        let asker = Asker::new(loaded, writer);
        let mut done: Vec<(usize, R)> = Vec::new();
        while let Some(index) = take(&stretches, context.index()) {
            if let Some(task) = tasks.get(index) {
                done.push((index, work(&asker, task)));
            }
        }
        done
    });
    let mut all: Vec<(usize, R)> = done.into_iter().flatten().collect();
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}

/// The next task of a thread: of its own stretch, then of the longest one.
fn take(stretches: &Mutex<Vec<Range<usize>>>, thread: usize) -> Option<usize> {
    let mut stretches = stretches.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(index) = stretches.get_mut(thread)?.next() {
        return Some(index);
    }
    stretches.iter_mut().max_by_key(|stretch| stretch.len())?.next_back()
}
