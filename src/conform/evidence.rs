//! What several rules make of what was seen: which work an offload does, what it sends and answers, what its functions
//! have in common with its route.
//!
//! Each question has one answer here; rules say what is wrong with it. Nothing here reports.

pub(in crate::conform) mod answers;
pub(in crate::conform) mod constants;
pub(in crate::conform) mod consumers;
pub(in crate::conform) mod flag_states;
pub(in crate::conform) mod forms;
pub(in crate::conform) mod frames;
pub(in crate::conform) mod functions;
pub(in crate::conform) mod inline_work;
pub(in crate::conform) mod keys_not_known;
pub(in crate::conform) mod logins;
pub(in crate::conform) mod options;
pub(in crate::conform) mod parameters;
pub(in crate::conform) mod payloads;
pub(in crate::conform) mod queue;
pub(in crate::conform) mod sends;
pub(in crate::conform) mod statuses;
pub(in crate::conform) mod tables;
pub(in crate::conform) mod twice;
pub(in crate::conform) mod unsent;
pub(in crate::conform) mod values;
pub(in crate::conform) mod window;
pub(in crate::conform) mod wording;
pub(in crate::conform) mod work;
pub(in crate::conform) mod writer;
pub(in crate::conform) mod writing;

use std::sync::OnceLock;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::facts::Facts;

/// What several rules ask of one offload, once that is asked.
#[derive(Debug, Default)]
pub(in crate::conform) struct Evidence {
    /// What its two places of work have in common.
    common: OnceLock<twice::Common>,
    /// What its work calls.
    work: OnceLock<inline_work::Work>,
}

/// Finds out what several rules ask of each offload. The first of them would do it alone, while the others wait.
pub(in crate::conform) fn gather(facts: &Facts<'_>) {
    (0..facts.offloads.len()).into_par_iter().for_each(|index| {
        twice::Common::of(facts, index);
        if let Some(job) = sends::job(facts, index) {
            inline_work::Work::of(facts, &job);
        }
    });
}
