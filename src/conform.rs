//! The code against the contract.

pub mod application;
pub mod lower;
pub mod machine;
pub mod program;
