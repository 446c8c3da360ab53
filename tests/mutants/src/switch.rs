//! Which mutant is on: read once from the environment. This file becomes a module of the copy that is run.
#![allow(missing_docs, dead_code, unreachable_pub, clippy::disallowed_methods)]

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

const UNREAD: u32 = u32::MAX;
const RECORDING: u32 = u32::MAX - 1;
const MOST: usize = 1 << 14;

static ACTIVE: AtomicU32 = AtomicU32::new(UNREAD);
static REACHED: [AtomicBool; MOST] = [const { AtomicBool::new(false) }; MOST];

/// Whether this mutant is on.
#[inline(always)]
pub fn on(id: u32) -> bool {
    let active = ACTIVE.load(Relaxed);
    if active >= RECORDING { slow(id, active) } else { active == id }
}

#[cold]
fn slow(id: u32, active: u32) -> bool {
    if active == UNREAD {
        let recording = std::env::var_os("MUTANTS_REACHED").is_some();
        let wanted = std::env::var("MUTANT_ON").ok().and_then(|id| id.parse().ok()).unwrap_or(0);
        ACTIVE.store(if recording { RECORDING } else { wanted }, Relaxed);
        return on(id);
    }
    if !REACHED[id as usize].swap(true, Relaxed) {
        let path = std::env::var_os("MUTANTS_REACHED").expect("set while recording");
        let mut file = OpenOptions::new().create(true).append(true).open(path).expect("the record");
        file.write_all(format!("{id}\n").as_bytes()).expect("the record");
    }
    false
}

/// One of two iterators: what a function that returns `impl Iterator` gives with and without its mutant.
#[derive(Clone)]
pub enum Either<A, B> {
    A(A),
    B(B),
}

impl<T, A: Iterator<Item = T>, B: Iterator<Item = T>> Iterator for Either<A, B> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        match self {
            Self::A(all) => all.next(),
            Self::B(all) => all.next(),
        }
    }
}
