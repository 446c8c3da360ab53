//! The fields in which records of runs hold what the ledger asks for.

/// Fields in which records hold their state.
pub(crate) const STATE: [&str; 3] = ["status", "state", "phase"];

/// Fields in which records hold the name of their job.
pub(crate) const JOB: [&str; 4] = ["jobName", "job_name", "job", "name"];
