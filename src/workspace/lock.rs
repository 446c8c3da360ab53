//! One `generate` at a time in a root.
//!
//! The lock is on the root folder itself and the system lets go of it when the process ends, however it ends: no
//! file is left behind, and none can be forgotten. Where a folder cannot be locked (Windows, some network file
//! systems) runs are not kept apart; each file is still the old one or a new one.

use std::fs::{File, TryLockError};

use super::Workspace;

/// Held while a plan is made and carried out.
#[derive(Debug)]
pub struct Lock(Option<File>);

impl Lock {
    /// Whether no other run can be at work.
    pub(super) fn is_held(&self) -> bool {
        self.0.is_some()
    }
}

impl Workspace {
    /// Waits until no other run is at work in this root; `waiting` is called when that takes time.
    pub fn lock(&self, waiting: impl FnOnce()) -> Lock {
        let Ok(root) = File::open(&self.root) else { return Lock(None) };
        let locked = match root.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => {
                waiting();
                root.lock().is_ok()
            }
            Err(TryLockError::Error(_)) => false,
        };
        Lock(locked.then_some(root))
    }
}
