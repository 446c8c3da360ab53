//! The code against the contract.

pub mod application;
mod jsonc;
pub mod load;
pub mod lower;
pub mod machine;
pub mod observe;
pub mod paths;
pub mod program;
