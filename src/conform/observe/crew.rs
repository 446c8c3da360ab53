//! Threads that observe: each keeps what it found out about code, so neighbours are given to the same one.

use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::super::machine::Shared;

/// Tasks that a thread takes at once.
const BLOCK: usize = 4;

/// Does tasks on every thread of the pool; the results are in the order of the tasks.
pub fn crew<'p, T: Sync, R: Send>(tasks: &[T], work: impl Fn(&Rc<Shared<'p>>, &T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = rayon::broadcast(|_| {
        let shared = Rc::default();
        let mut done: Vec<(usize, R)> = Vec::new();
        loop {
            let first = next.fetch_add(BLOCK, Ordering::Relaxed);
            let Some(block) = tasks.get(first..tasks.len().min(first + BLOCK)).filter(|block| !block.is_empty()) else {
                return done;
            };
            done.extend(block.iter().enumerate().map(|(index, task)| (first + index, work(&shared, task))));
        }
    });
    let mut all: Vec<(usize, R)> = done.into_iter().flatten().collect();
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, result)| result).collect()
}
